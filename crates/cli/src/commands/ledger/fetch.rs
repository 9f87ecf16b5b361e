//! Getting what others give: files and logs over HTTP, bounded in size and time.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::exit::Failure;

/// Most bytes of a log.
pub(super) const LOG_MAX: u64 = 4 << 30;

/// Most bytes of a text: event lines, a document, a bundle, a checkpoint with its hashes.
pub(super) const TEXT_MAX: u64 = 1 << 30;

/// How long a server may take to be reached, and to send the next byte.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that sends less than this many bytes a second in the long run is left.
const SLOWEST: u64 = 100;

/// A file's bytes, at most so many.
pub(super) fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let shown = path.display().to_string();
    let file = File::open(path).with_context(|| format!("`{shown}` cannot be read"))?;
    all(file, &shown, most)
}

/// A file's text.
pub(super) fn text(path: &Path) -> Result<String, Failure> {
    as_text(bytes(path, TEXT_MAX)?, &path.display().to_string())
}

/// The text that comes on stdin, to its end.
pub(super) fn text_of_stdin() -> Result<String, Failure> {
    as_text(all(std::io::stdin(), "stdin", TEXT_MAX)?, "stdin")
}

fn all(from: impl Read, shown: &str, most: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    from.take(most + 1).read_to_end(&mut bytes).with_context(|| format!("`{shown}` cannot be read"))?;
    if bytes.len() as u64 > most {
        return Err(anyhow::anyhow!("`{shown}` is larger than {} MiB", most >> 20).into());
    }
    Ok(bytes)
}

fn as_text(bytes: Vec<u8>, shown: &str) -> Result<String, Failure> {
    Ok(String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        anyhow::anyhow!("`{shown}` is no text in UTF-8: see its byte {at}")
    })?)
}

/// One request of HTTP/1.0 without any header that would need more: plain, for a network the parties trust or a tunnel.
/// What comes is checked record by record like any other pack.
pub(super) fn http(rest: &str) -> Result<Vec<u8>, Failure> {
    Ok(get(rest).map_err(|why| {
        let why: Vec<String> = why.chain().map(ToString::to_string).collect();
        anyhow::anyhow!("`http://{rest}` cannot be pulled\n  {}", why.join("\n  "))
    })?)
}

fn get(rest: &str) -> anyhow::Result<Vec<u8>> {
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if path.contains(|c: char| c.is_whitespace() || c.is_control()) || host.contains(char::is_whitespace) {
        bail!("an address has no spaces; write `%20`");
    }
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    let address = if has_port { host.to_owned() } else { format!("{host}:80") };
    let mut stream = connect(&address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    // In one piece: a server may answer and go as soon as it has seen the first line.
    stream.write_all(format!("GET /{path} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())?;
    let answer = receive(&mut stream)?;
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").context("the answer is not HTTP")?;
    let (head, body) = answer.split_at(end + 4);
    let head = String::from_utf8_lossy(head);
    let field = |name: &str| {
        let pairs = head.lines().filter_map(|line| line.split_once(':'));
        pairs.filter(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    };
    let status = head.split(' ').nth(1).unwrap_or("nothing");
    if let ("301" | "302" | "303" | "307" | "308", Some(to)) = (status, field("Location")) {
        bail!("it has moved; pull from `{to}`");
    }
    if status != "200" {
        bail!("the server answered {}", head.lines().next().unwrap_or(status));
    }
    if field("Transfer-Encoding").is_some() {
        bail!("the server sends it in pieces; fetch it with another program and pull the file");
    }
    let promised = field("Content-Length").and_then(|n| n.parse::<usize>().ok());
    match promised {
        Some(promised) if body.len() < promised => {
            bail!("the server broke off after {} of {promised} bytes; pull again", body.len())
        }
        Some(promised) => Ok(body[..promised].to_vec()),
        None => Ok(body.to_vec()),
    }
}

/// The first address of the host that answers.
fn connect(address: &str) -> anyhow::Result<TcpStream> {
    let mut last = anyhow::anyhow!("the host has no address");
    for address in address.to_socket_addrs().context("the host is not known")? {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error.into(),
        }
    }
    Err(last.context("the host does not answer"))
}

/// Everything that comes until the server has done.
fn receive(stream: &mut TcpStream) -> anyhow::Result<Vec<u8>> {
    let begun = Instant::now();
    let mut answer = Vec::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match stream.read(&mut piece) {
            Ok(0) => return Ok(answer),
            Ok(n) => answer.extend_from_slice(&piece[..n]),
            Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {
                bail!("the server said nothing for {} s", PATIENCE.as_secs())
            }
            Err(error) => return Err(error).context("the server broke off"),
        }
        if answer.len() as u64 > LOG_MAX {
            bail!("it is larger than {} MiB", LOG_MAX >> 20);
        }
        let waited = begun.elapsed();
        if waited > 2 * PATIENCE && (answer.len() as u64) < SLOWEST * waited.as_secs() {
            bail!("the server sends less than {SLOWEST} bytes a second");
        }
    }
}
