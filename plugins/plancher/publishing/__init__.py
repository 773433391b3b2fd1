"""Puts a finished site online, and takes it back: targets, plans, releases.

``publishconf.py`` chooses a target in one line: ``PUBLISH = Local("/srv/www/blog")``.
"""

from plancher.publishing.targets import Ftps, Local, Pages, Rsync, Sftp, Target

__all__ = ["Ftps", "Local", "Pages", "Rsync", "Sftp", "Target"]
