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

from plancher.base import reasons
from plancher.preview import desk
from plancher.preview.hub import Hub
from plancher.preview.preview import Preview
from plancher.preview.served_site import ServedSite
from plancher.preview.server import HOST, Server, open_server
from plancher.preview.watch import Watch

OUTPUT = ".preview"


def say(sentence: str) -> None:
    """Print on the terminal, if it is still open."""
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{sentence}\n")
        sys.stdout.flush()


def main(root: Path, port: int = 0) -> int:
    """Show the project in ``root`` until Ctrl-C.

    :param port: 0 for 8000, or any free one.
    :returns: the exit code.
    """
    site, hub = ServedSite(root / OUTPUT), Hub()
    try:
        server = open_server(port, site, hub)
    except OverflowError:
        print(f"Le port {port} n'existe pas. Choisissez-en un de 1 à 65535 avec --port.", file=sys.stderr)
        return 2
    except OSError as error:
        why = "est déjà pris" if error.errno == errno.EADDRINUSE else f"ne peut pas servir : {reasons.of_a_disk(error)}"
        print(f"Le port {port} {why}. Choisissez-en un autre avec --port.", file=sys.stderr)
        return 1
    for kind in (signal.SIGINT, signal.SIGTERM):  # a shell ignores SIGINT for « & »
        signal.signal(kind, signal.default_int_handler)
    preview = Preview(root, site.folder, say)
    threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    try:
        address = f"http://{HOST}:{server.server_port}/"
        say(f"Aperçu : {address} (brouillons : {address}brouillons/ ; guide : {address}guide/). Ctrl-C pour arrêter.")
        _run(server, preview, hub, address)
    except KeyboardInterrupt:
        for kind in (signal.SIGINT, signal.SIGTERM):  # a second Ctrl-C must not stop the cleaning up
            signal.signal(kind, signal.SIG_IGN)
    finally:
        hub.close()
        preview.close()
        server.shutdown()
        server.server_close()
    say("\nAperçu arrêté.")
    return 0


def _run(server: Server, preview: Preview, hub: Hub, address: str) -> None:
    is_told = False
    with Watch(preview.root, preview.watched, preview.output) as watch:
        while True:
            outcome = preview.refresh()
            server.site.base = urllib.parse.urlsplit(preview.site_info.address).path.rstrip("/")
            server.desk.folder = preview.site_info.answers
            hub.publish(outcome)
            if server.desk.has_answers and not is_told:
                is_told = True
                say(f"Réponses de lecteurs : {address.rstrip('/')}{desk.ADDRESS}")
            watch.follow(preview.watched)
            watch.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m plancher.preview", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    sys.exit(main(Path.cwd(), parser.parse_args().port))
