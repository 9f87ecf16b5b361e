//! `.alb` files: sections in angle brackets (Otto, Otto and Scholl 2013, EJOR 228(1)).

use super::{TextFault, fault, number, numbered, task};
use crate::instance::{Instance, TASKS_MAX};

/// One `.alb` file.
#[derive(Debug, Clone, PartialEq)]
pub struct Alb {
    /// The tasks.
    pub instance: Instance,
    /// Cycle time, in ticks; none when the file leaves it out.
    pub cycle_time: Option<u32>,
}

/// Reads the text of an `.alb` file; unknown sections are passed over.
///
/// # Errors
/// The first line that is not as announced, or a section that is missing.
///
/// # Example
/// ```
/// let text = "<number of tasks>\n2\n<cycle time>\n10\n<task times>\n1 4\n2 5\n\
///             <precedence relations>\n1,2\n<end>\n";
/// let file = balance::literature::read_alb(text).expect("well formed");
/// assert_eq!(file.cycle_time, Some(10));
/// assert!(file.instance.is_before(0, 1));
/// ```
pub fn read_alb(text: &str) -> Result<Alb, TextFault> {
    let mut section = String::new();
    let mut n_tasks = None;
    let mut cycle_time = None;
    let mut times: Vec<Option<u32>> = Vec::new();
    let mut arcs = Vec::new();
    for (at, line) in numbered(text) {
        if let Some(name) = line.strip_prefix('<') {
            section = name.trim_end_matches('>').trim().to_lowercase();
            if section == "end" {
                break;
            }
            continue;
        }
        match section.as_str() {
            "number of tasks" => {
                let n = number(at, line)? as usize;
                if n > TASKS_MAX {
                    return Err(fault(at, format!("more than {TASKS_MAX} tasks")));
                }
                times = vec![None; n];
                n_tasks = Some(n);
            }
            "cycle time" => cycle_time = Some(number(at, line)?),
            "task times" => {
                let n = n_tasks.ok_or_else(|| fault(at, "task times before their number"))?;
                let (name, time) =
                    line.split_once(char::is_whitespace).ok_or_else(|| fault(at, "expected `task time`"))?;
                let slot = &mut times[task(at, name, n)?];
                if slot.replace(number(at, time)?).is_some() {
                    return Err(fault(at, format!("task {name} has two times")));
                }
            }
            "precedence relations" => {
                let n = n_tasks.ok_or_else(|| fault(at, "precedence before the number of tasks"))?;
                let (from, to) = line.split_once(',').ok_or_else(|| fault(at, "expected `task,task`"))?;
                arcs.push((task(at, from, n)?, task(at, to, n)?));
            }
            _ => {}
        }
    }
    if n_tasks.is_none() {
        return Err(fault(0, "no section <number of tasks>"));
    }
    let times: Vec<u32> = times
        .iter()
        .enumerate()
        .map(|(t, time)| time.ok_or_else(|| fault(0, format!("task {} has no time", t + 1))))
        .collect::<Result<_, _>>()?;
    let instance = Instance::new(&times, &arcs).map_err(|f| fault(0, f[0].to_string()))?;
    Ok(Alb { instance, cycle_time })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_carriage_returns_and_foreign_sections() {
        let text = "<number of tasks>\r\n2\r\n<order strength>\r\n0,5\r\n<task times>\r\n1 4\r\n2 5\r\n<end>\r\n";
        let file = read_alb(text).unwrap();
        assert_eq!(file.instance.times(), [4, 5]);
        assert_eq!(file.cycle_time, None);
    }

    #[test]
    fn names_the_line_at_fault() {
        let text = "<number of tasks>\n2\n<task times>\n1 4\n3 5\n";
        assert_eq!(read_alb(text).unwrap_err().line, 5);
        assert!(read_alb("<task times>\n1 4\n").is_err());
        assert!(read_alb("<number of tasks>\n4000000000\n").is_err());
        assert!(read_alb("<number of tasks>\n2\n<task times>\n1 4\n").is_err());
    }
}
