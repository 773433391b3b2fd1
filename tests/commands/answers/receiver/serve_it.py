"""The receiver as a process of its own, with bounds that a test chooses."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from plancher.commands.answers.receiver import serving
from plancher.commands.answers.receiver.rules import House, Rules
from plancher.commands.answers.receiver.serving import Service

if __name__ == "__main__":
    wished = json.loads(sys.argv[1])
    service = Service(house=House(**wished["house"]), file=Path(wished["file"]), port=wished["port"], token=wished["token"], rules=Rules(**wished["rules"]))
    serving.serve(service, lambda address: print(address, flush=True))
