//! The `ringworks` command.

mod args;
mod cache;
mod columns;
mod commands;
mod dossier;
mod embedded;
mod exit;
mod input;
mod output;
mod progress;
mod show;
mod stop;
mod talk;
mod work;

use std::panic;
use std::process::ExitCode;

use args::Cli;
use clap::Parser;
use exit::{COULD_NOT_RUN, Failure};
use talk::say;

fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.color.settle();
    panic::set_hook(Box::new(|info| say(internal_fault(&info.to_string()))));
    let outcome = panic::catch_unwind(|| stop::listen().map_err(Failure::from).and_then(|()| commands::run(&cli)));
    match outcome {
        Ok(Ok(answer)) => answer.into(),
        Ok(Err(failure)) => {
            tell(&failure);
            ExitCode::from(COULD_NOT_RUN)
        }
        Err(_) => ExitCode::from(COULD_NOT_RUN),
    }
}

/// Says why a command could not run.
fn tell(failure: &Failure) {
    match failure {
        Failure::Told(located) => commands::tell_located(located),
        Failure::Other(error) => say(format!("error: {error:#}")),
    }
}

/// What is said about a defect of this program; without a backtrace, which helps nobody at a desk.
fn internal_fault(info: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let place = info.lines().next().unwrap_or_default();
    let what = info.lines().nth(1).unwrap_or_default();
    format!(
        "error: this is a defect of ringworks {version}, not of your data\n  {place}\n  {what}\n\
         Nothing was written. Please report it with the command and the ring, if you may share it."
    )
}
