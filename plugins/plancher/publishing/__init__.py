"""Puts a finished site online, and takes it back: targets, plans, releases.

``publishconf.py`` chooses a target in one line: ``PUBLISH = Local("/srv/www/blog")``.
"""

from plancher.publishing.targets import Bucket, Cloudflare, Ftps, Local, Netlify, Pages, Rsync, Sftp, Target

__all__ = ["Bucket", "Cloudflare", "Ftps", "Local", "Netlify", "Pages", "Rsync", "Sftp", "Target"]
