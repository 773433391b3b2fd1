"""Hosts that a new blog knows: what each is called, what it asks of a blog, and what is publicly known of it."""

from __future__ import annotations

import dataclasses

_UNKNOWN_HOST = "[à compléter : nom ou raison sociale de l'hébergeur]"
_UNKNOWN_PLACE = "[à compléter : adresse de l'hébergeur]"
_UNKNOWN_PHONE = "[à compléter : téléphone de l'hébergeur]"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """One of them. The texts that pages show are Markdown."""

    legal_name: str = _UNKNOWN_HOST
    place: str = _UNKNOWN_PLACE
    """Its address, where its own pages leave no doubt."""
    phone: str = _UNKNOWN_PHONE
    privacy: str = ""
    """Where it says what it keeps of visits."""
    ending: str = ""
    """Of the addresses it gives: such a blog stands where the host says."""
    domain_file: str = ""
    """The file at the site's root in which it looks for the owner's domain."""
    files: tuple[tuple[str, str], ...] = ()
    """What it reads in a blog's folder: path there, and the template of it."""
    target: str = ""
    """The kind of target (``plancher.publishing``) that « invoke publish » reaches it by."""
    server: str = ""
    """What most of those that are reached so show a site with; empty: nobody knows."""
    has_password: bool = False
    """Whether a password may open it."""
    has_key: bool = False
    """Whether a key of SSH may."""
    has_programs: bool = False
    """Whether programs are needed to reach it: ``rsync`` and ``ssh``."""

    def decides(self, host: str) -> bool:
        """Whether the address of a blog is one that it gives.

        :param host: the name of the machine in that address.
        """
        return bool(self.ending) and host.endswith(self.ending)


HOSTS: dict[str, Host] = {
    "github": Host(
        legal_name="GitHub, Inc.",
        place="88 Colin P. Kelly Jr. Street, San Francisco, CA 94107, États-Unis",
        privacy="https://docs.github.com/site-policy/privacy-policies/github-general-privacy-statement",
        ending=".github.io",
        domain_file="CNAME",
        files=((".github/workflows/site.yml", "github.yml"),),
    ),
    "gitlab": Host(
        legal_name="GitLab Inc.",
        privacy="https://about.gitlab.com/privacy/",
        ending=".gitlab.io",
        files=((".gitlab-ci.yml", "gitlab.yml"),),
    ),
    "codeberg": Host(
        legal_name="Codeberg e.V.",
        privacy="https://codeberg.org/Codeberg/org/src/branch/main/PrivacyPolicy.md",
        ending=".codeberg.page",
        domain_file=".domains",
        files=((".forgejo/workflows/site.yml", "codeberg.yml"),),
    ),
    "netlify": Host(
        legal_name="Netlify, Inc.",
        privacy="https://www.netlify.com/privacy/",
        ending=".netlify.app",
        files=(("netlify.toml", "netlify.toml"),),
    ),
    "cloudflare": Host(
        legal_name="Cloudflare, Inc.",
        place="101 Townsend Street, San Francisco, CA 94107, États-Unis",
        privacy="https://www.cloudflare.com/privacypolicy/",
        ending=".pages.dev",
        files=((".python-version", "python-version.txt"),),
    ),
    "sftp": Host(target="Sftp", server="apache", has_password=True, has_key=True),
    "ftps": Host(target="Ftps", server="apache", has_password=True),
    "rsync": Host(target="Rsync", has_key=True, has_programs=True),
    "none": Host(),
}
"""By the word that is typed."""


def of_address(host: str) -> str:
    """The word of the host that gave an address; « none » where nobody did."""
    return next((word for word, one in HOSTS.items() if one.decides(host)), "none")
