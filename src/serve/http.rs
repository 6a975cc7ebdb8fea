//! Connections: how many, how long, how large. What is asked on them is for [`super::answer`].

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::sleep;

use crate::diagnostic::Speech;

use super::answer::{House, answer};
use super::guests::{Guests, Visit};
use super::shown::Shown;
use super::visited::Visited;

/// How long a request may take to arrive, and a connection may wait for its next one.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest head of a request; browsers send less than a tenth of it.
const LONGEST_HEAD: usize = 32 * 1024;

/// Answers whoever connects, for ever.
pub(super) async fn serve(
    listener: TcpListener,
    shown: watch::Receiver<Arc<Shown>>,
    visited: Arc<Visited>,
    port: u16,
    speech: Speech,
) {
    let guests = Guests::new();
    let house = Arc::new(House { shown, visited, port, speech, guests: guests.clone() });
    while let Some(place) = guests.place().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(attend(stream, guests.welcome(place), house.clone()));
            }
            // A client that is gone again, or a system that is out of files: whoever is idle gives way.
            Err(_) => {
                guests.make_room();
                sleep(Duration::from_millis(20)).await;
            }
        }
    }
}

/// One connection. However it ends, it is nobody's error.
async fn attend(stream: TcpStream, visit: Visit, house: Arc<House>) {
    // Small answers, such as news, are not held back to be sent together with later ones.
    _ = stream.set_nodelay(true);
    let guest = &visit.guest;
    let service = service_fn(|request| {
        guest.asks();
        let answer = answer(&house, guest, &request);
        async move { Ok::<_, Infallible>(answer) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        _ = connection => {}
        () = guest.told_to_leave() => {}
    }
}
