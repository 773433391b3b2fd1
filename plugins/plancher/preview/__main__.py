"""The preview: serve, watch, build, tell; Ctrl-C stops it."""

from __future__ import annotations

import argparse
import contextlib
import errno
import signal
import sys
import threading
import urllib.parse
from pathlib import Path

from plancher.preview.hub import Hub
from plancher.preview.server import HOST, Server, open_server
from plancher.preview.session import Session
from plancher.preview.site import Site
from plancher.preview.watch import Watch

OUTPUT = ".preview"


def say(sentence: str) -> None:
    """On the terminal; one that was closed is nobody to talk to."""
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{sentence}\n")
        sys.stdout.flush()


def main(root: Path, port: int = 0) -> int:
    """Show the project in ``root`` until Ctrl-C.

    :param port: 0 for 8000, or any free one.
    :returns: the exit code.
    """
    site, hub = Site(root / OUTPUT), Hub()
    try:
        server = open_server(port, site, hub)
    except (OSError, OverflowError) as error:
        why = "est déjà pris" if getattr(error, "errno", 0) == errno.EADDRINUSE else "ne peut pas servir"
        say(f"Le port {port} {why}. Choisissez-en un autre avec --port.")
        return 1
    address = f"http://{HOST}:{server.server_port}/"
    say(f"Aperçu : {address} (brouillons : {address}brouillons/). Ctrl-C pour arrêter.")
    for kind in (signal.SIGINT, signal.SIGTERM):  # a shell's « & » has the first ignored
        signal.signal(kind, signal.default_int_handler)
    session = Session(root, site.folder, say)
    threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    try:
        _run(server, session, hub)
    except KeyboardInterrupt:
        for kind in (signal.SIGINT, signal.SIGTERM):  # once is enough
            signal.signal(kind, signal.SIG_IGN)
    finally:
        hub.close()
        session.close()
        server.shutdown()
        server.server_close()
    say("\nAperçu arrêté.")
    return 0


def _run(server: Server, session: Session, hub: Hub) -> None:
    with Watch(session.root, session.watched, session.output) as watch:
        while True:
            outcome = session.refresh()
            server.site.base = urllib.parse.urlsplit(session.facts.get("address", "")).path.rstrip("/")
            hub.publish(outcome)
            watch.follow(session.watched)
            watch.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m plancher.preview", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    sys.exit(main(Path.cwd(), parser.parse_args().port))
