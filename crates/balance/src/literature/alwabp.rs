//! ALWABP files: task count, a row of worker times for each task, then `i j` lines.

use super::{TextFault, fault, number, numbered, task};
use crate::instance::TASKS_MAX;
use crate::workers::{NEVER, WORKERS_MAX, WorkerLine};

/// Reads the text of an ALWABP file; `Inf` marks a task that a worker cannot do, the end mark `-1 -1` is optional.
///
/// # Errors
/// The first line that is not as announced.
///
/// # Example
/// ```
/// let line = balance::literature::read_alwabp("2\n4 Inf\n5 3\n1 2\n-1 -1\n").expect("well formed");
/// assert_eq!(line.time(1, 1), 3);
/// ```
pub fn read_alwabp(text: &str) -> Result<WorkerLine, TextFault> {
    let mut lines = numbered(text);
    let (at, first) = lines.next().ok_or_else(|| fault(0, "empty file"))?;
    let n = number(at, first)? as usize;
    if n == 0 || n > TASKS_MAX {
        return Err(fault(at, format!("{n} tasks; a line has 1 to {TASKS_MAX}")));
    }
    let mut rows: Vec<Vec<u32>> = Vec::new();
    for _ in 0..n {
        let (at, line) = lines.next().ok_or_else(|| fault(0, "rows of times are missing"))?;
        let cell = |cell: &str| if cell.eq_ignore_ascii_case("inf") { Ok(NEVER) } else { number(at, cell) };
        let row = line.split_whitespace().map(cell).collect::<Result<Vec<u32>, TextFault>>()?;
        let workers = rows.first().map_or(row.len(), Vec::len);
        if row.len() != workers || workers > WORKERS_MAX {
            return Err(fault(at, format!("{} times where each row has one for each of {workers} workers", row.len())));
        }
        rows.push(row);
    }
    let mut arcs = Vec::new();
    for (at, line) in lines {
        let (from, to) = line.split_once(char::is_whitespace).ok_or_else(|| fault(at, "expected `i j`"))?;
        if from.trim() == "-1" && to.trim() == "-1" {
            break;
        }
        arcs.push((task(at, from, n)?, task(at, to, n)?));
    }
    WorkerLine::new(&rows, &arcs).map_err(|faults| fault(0, faults[0].to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_mark_is_optional() {
        let marked = read_alwabp("2\n4 Inf\n5 3\n1 2\n-1 -1\n").unwrap();
        assert_eq!(marked, read_alwabp("2\r\n4 Inf\r\n5 3\r\n1 2\r\n").unwrap());
        assert_eq!(marked.time(1, 0), NEVER);
    }

    #[test]
    fn names_the_line_at_fault() {
        assert_eq!(read_alwabp("2\n4 Inf\n5\n").unwrap_err().line, 3);
        assert_eq!(read_alwabp("1\n4 x\n").unwrap_err().line, 2);
        assert_eq!(read_alwabp("1\n4\n1 2\n").unwrap_err().line, 3);
        assert!(read_alwabp("1\nInf\n").unwrap_err().fact.contains("no worker"));
        assert!(read_alwabp("0\n").is_err());
        assert!(read_alwabp("").is_err());
    }
}
