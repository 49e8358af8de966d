//! The command line. All of it is in `app`.

use std::process::ExitCode;

fn main() -> ExitCode {
    k8sdiag::app::main()
}
