//! An interrupt while an output is written waits until nothing half written is left: then it ends the process as it would have without us.
//!
//! A handler may do next to nothing safely, so it only notes the signal; the writer looks at the note between two pieces, lets go of its file,
//! and lets the signal have its usual effect. Outside of a [`Window`] signals act at once.

#[cfg(unix)]
use signal_hook::consts::{SIGHUP, SIGXFSZ};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::{flag, low_level};
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// The signals that wait.
#[cfg(unix)]
const SIGNALS: &[i32] = &[SIGINT, SIGTERM, SIGHUP];
#[cfg(not(unix))]
const SIGNALS: &[i32] = &[SIGINT, SIGTERM];

/// What the handlers share with the writer.
#[derive(Debug)]
struct Shared {
    /// Whether a signal may act at once.
    free: Arc<AtomicBool>,
    /// The signal that waits, or zero.
    waiting: Arc<AtomicUsize>,
}

/// One window at a time: with two, the end of the first would set signals free under the second.
static ONE: Mutex<()> = Mutex::new(());

/// A time in which signals wait. At its end one that came has its effect.
#[derive(Debug)]
pub(super) struct Window {
    shared: &'static Shared,
    _one: MutexGuard<'static, ()>,
}

impl Window {
    /// Makes signals wait from now on.
    pub(super) fn open() -> Self {
        let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let shared = shared();
        shared.free.store(false, Ordering::SeqCst);
        Self { shared, _one: one }
    }

    /// An error where a signal waits: the writer should let go of what it holds.
    pub(super) fn look(&self) -> io::Result<()> {
        match self.shared.waiting.load(Ordering::SeqCst) {
            0 => Ok(()),
            _ => Err(io::Error::other("interrupted")),
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.shared.free.store(true, Ordering::SeqCst);
        let signal = self.shared.waiting.swap(0, Ordering::SeqCst);
        if let Ok(signal @ 1..) = i32::try_from(signal) {
            // Nothing can be done where even this fails: the error of the write tells the rest.
            let _ = low_level::emulate_default_handler(signal);
        }
    }
}

/// The flags, with the handlers set up at the first call. Where the system has no room for handlers, signals act at once, as ever.
fn shared() -> &'static Shared {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    SHARED.get_or_init(|| {
        let shared = Shared {
            free: Arc::new(AtomicBool::new(true)),
            waiting: Arc::new(AtomicUsize::new(0)),
        };
        #[cfg(unix)]
        // A limit on file sizes should be an error of the write, not the end.
        let _ = flag::register(SIGXFSZ, Arc::default());
        for &signal in SIGNALS {
            let number = usize::try_from(signal).unwrap_or_default();
            let _ = flag::register_conditional_default(signal, Arc::clone(&shared.free));
            let _ = flag::register_usize(signal, Arc::clone(&shared.waiting), number);
        }
        shared
    })
}
