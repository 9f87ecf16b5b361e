//! `.IN2` files: task count, task times, then `i,j` lines (Scholl 1993).

use super::{TextFault, fault, number, numbered, task};
use crate::instance::{Instance, TASKS_MAX};

/// One `.IN2` file; cycle times are kept elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct In2 {
    /// The tasks.
    pub instance: Instance,
}

/// Reads the text of an `.IN2` file; the end mark `-1,-1` is optional and free text may follow it.
///
/// # Errors
/// The first line that is not as announced.
///
/// # Example
/// ```
/// let file = balance::literature::read_in2("2\n4\n5\n1,2\n-1,-1\n").expect("well formed");
/// assert_eq!(file.instance.times(), [4, 5]);
/// ```
pub fn read_in2(text: &str) -> Result<In2, TextFault> {
    let mut lines = numbered(text);
    let (at, first) = lines.next().ok_or_else(|| fault(0, "empty file"))?;
    let n = number(at, first)? as usize;
    if n > TASKS_MAX {
        return Err(fault(at, format!("more than {TASKS_MAX} tasks")));
    }
    let mut times = Vec::with_capacity(n);
    for _ in 0..n {
        let (at, line) = lines.next().ok_or_else(|| fault(0, "task times are missing"))?;
        times.push(number(at, line)?);
    }
    let mut arcs = Vec::new();
    for (at, line) in lines {
        let (from, to) = line.split_once(',').ok_or_else(|| fault(at, "expected `i,j`"))?;
        if from.trim() == "-1" && to.trim() == "-1" {
            break;
        }
        arcs.push((task(at, from, n)?, task(at, to, n)?));
    }
    let instance = Instance::new(&times, &arcs).map_err(|f| fault(0, f[0].to_string()))?;
    Ok(In2 { instance })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_at_the_mark_or_at_the_end() {
        let marked = read_in2("2\n4\n5\n1,2\n-1,-1\nfree text\n").unwrap();
        let open = read_in2("2\r\n4\r\n5\r\n1,2\r\n").unwrap();
        assert_eq!(marked, open);
    }

    #[test]
    fn refuses_what_is_missing() {
        assert!(read_in2("").is_err());
        assert!(read_in2("3\n1\n2\n").is_err());
        assert_eq!(read_in2("1\n5\n1,2\n").unwrap_err().line, 3);
    }
}
