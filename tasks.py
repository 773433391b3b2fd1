"""Les tâches de l'auteur, et sous « dev. » celles de qui développe : « invoke --list » les montre."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "plugins"))

from plancher.tasks import tasks_of

namespace = tasks_of(HERE, developers=True)
