"""What a reader finds wrong with a site that is online, and what its owner can do, by kind of host."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping


class Host(enum.Enum):
    """Kinds of host, by what their owner can change."""

    NGINX = enum.auto()
    CADDY = enum.auto()
    APACHE = enum.auto()
    """Shared hosting too: what « .htaccess » may say."""
    FORGE = enum.auto()
    """Pages of GitHub, GitLab and Codeberg: nothing can be set there."""
    FILES = enum.auto()
    """Netlify and Cloudflare, which read « _headers »."""
    OTHER = enum.auto()


class What(enum.Enum):
    """Kinds of faults, each with its remedies; those of ``OTHER`` stand for any host."""

    OLD = enum.auto()
    CACHED = enum.auto()
    CERTIFICATE = enum.auto()
    ENCRYPTED = enum.auto()
    MISSING = enum.auto()
    NOT_FOUND = enum.auto()
    OWN_404 = enum.auto()
    REDIRECTION = enum.auto()
    TYPE = enum.auto()
    HEADERS = enum.auto()
    COMPRESSION = enum.auto()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that is wrong."""

    what: What
    words: str
    """A French sentence, with its full stop."""
    is_error: bool
    """Whether a reader misses something; else the site could do better."""

    def sentence(self, host: Host) -> str:
        """What is wrong, and what to do about it."""
        remedies = _REMEDIES[self.what]
        return f"{self.words} {remedies.get(host, remedies[Host.OTHER])}"


_NGINX = "faites relire ses réglages à nginx (nginx -s reload)"
_REMEDIES: Mapping[What, Mapping[Host, str]] = {
    What.OLD: {
        Host.OTHER: "Vérifiez que PUBLISH mène bien au dossier que montre votre hébergeur ; s'il lui faut du temps, tapez « invoke ping » plus tard.",
        Host.FORGE: "La forge met parfois quelques minutes : lisez son journal (Actions, Pipelines), puis tapez « invoke ping ».",
    },
    What.CACHED: {
        Host.OTHER: "Videz le cache de votre hébergeur, ou dites-lui de ne garder ni pages ni flux ; puis tapez « invoke ping ».",
        Host.NGINX: f"Videz le dossier de « proxy_cache_path », ou ôtez « proxy_cache » pour les pages et les flux, {_NGINX}, puis tapez « invoke ping ».",
        Host.FILES: "Purgez le cache dans le tableau de bord de l'hébergeur, puis tapez « invoke ping ».",
    },
    What.CERTIFICATE: {
        Host.OTHER: "Demandez à votre hébergeur de le renouveler (souvent un bouton « SSL » ou « Let's Encrypt »).",
        Host.NGINX: f"Renouvelez-le (« certbot renew »), puis {_NGINX} ; « systemctl list-timers » dit si le renouvellement est prévu.",
        Host.CADDY: "Caddy le renouvelle seul : son journal (« journalctl -u caddy ») dit ce qui l'en empêche.",
        Host.FORGE: "Dans les réglages de Pages, ôtez le nom de domaine puis remettez-le : la forge en demande un nouveau.",
    },
    What.ENCRYPTED: {
        Host.OTHER: "Cherchez « forcer HTTPS » chez votre hébergeur.",
        Host.NGINX: f"Ajoutez un « server » qui écoute le port 80 et dit « return 301 https://$host$request_uri; », puis {_NGINX}.",
        Host.APACHE: "Cochez « forcer HTTPS » chez votre hébergeur, ou mettez « Redirect permanent / https://… » dans le VirtualHost du port 80.",
        Host.CADDY: "Caddy le fait seul quand l'adresse du bloc commence par « https:// » ou n'a pas de port : ôtez-lui « http:// » ou « :80 ».",
        Host.FORGE: "Cochez « Enforce HTTPS » dans les réglages de Pages.",
    },
    What.MISSING: {
        Host.OTHER: "Vérifiez que l'adresse du blog (IDENTITY) est celle du dossier où il est publié, et que le serveur montre index.html pour un dossier.",
        Host.NGINX: f"Vérifiez « root » et « index index.html; », et que nginx a le droit de lire le dossier ; puis {_NGINX}.",
        Host.APACHE: "Vérifiez le dossier du site chez votre hébergeur, et que « DirectoryIndex » nomme index.html.",
    },
    What.NOT_FOUND: {
        Host.OTHER: "Dites à votre hébergeur de répondre 404, avec la page 404.html, à une adresse inconnue.",
        Host.NGINX: f"Dans « location / », mettez « try_files $uri $uri/ =404; » au lieu de renvoyer à index.html, puis {_NGINX}.",
        Host.CADDY: "Ôtez « try_files … /index.html » du bloc du site, puis tapez « caddy reload ».",
        Host.APACHE: "Ôtez des règles de réécriture (« .htaccess ») celle qui renvoie tout à index.html.",
        Host.FILES: "Ôtez de content/racine/_redirects la ligne « /* /index.html 200 ».",
    },
    What.OWN_404: {
        Host.OTHER: "Dites à votre hébergeur que la page d'erreur 404 est 404.html.",
        Host.NGINX: f"Ajoutez « error_page 404 /404.html; » dans « server », puis {_NGINX}.",
        Host.CADDY: "Ajoutez dans le bloc du site « handle_errors { rewrite * /404.html ; file_server } » (sur trois lignes), puis tapez « caddy reload ».",
        Host.APACHE: "Ajoutez « ErrorDocument 404 /404.html » dans content/racine/.htaccess, puis publiez.",
    },
    What.REDIRECTION: {
        Host.OTHER: "Publiez à nouveau ; si rien ne change, votre hébergeur ne montre pas toutes les pages du site.",
        Host.NGINX: f"Incluez serveur/nginx-http.conf et serveur/nginx-server.conf, comme le dit le guide, puis {_NGINX}.",
        Host.CADDY: "Importez serveur/caddy.conf, comme le dit le guide, puis tapez « caddy reload ».",
        Host.APACHE: "Il faut « AllowOverride FileInfo » pour que « .htaccess » compte, et le module mod_rewrite.",
    },
    What.TYPE: {
        Host.OTHER: "Demandez à votre hébergeur de l'annoncer ainsi.",
        Host.NGINX: f"Ajoutez ce type à « types » (/etc/nginx/mime.types), puis {_NGINX}.",
        Host.CADDY: "Ajoutez « header /chemin Content-Type … » au bloc du site, puis tapez « caddy reload ».",
        Host.APACHE: "Ajoutez une ligne « AddType … » à content/racine/.htaccess, puis publiez.",
        Host.FILES: "Ajoutez-le à content/racine/_headers, puis publiez.",
        Host.FORGE: "La forge en décide seule ; les lecteurs de flux s'en arrangent.",
    },
    What.HEADERS: {
        Host.OTHER: "Votre hébergeur ne les met pas de lui-même : le guide dit lesquels il peut promettre.",
        Host.NGINX: f"Incluez serveur/nginx-server.conf, puis {_NGINX} ; un « add_header » dans un « location » ôte tous les autres.",
        Host.CADDY: "Importez serveur/caddy.conf dans le bloc du site, puis tapez « caddy reload ».",
        Host.APACHE: "Il faut un « .htaccess » qui les donne (le guide dit comment), « AllowOverride FileInfo » et le module mod_headers.",
        Host.FILES: "Vérifiez que le fichier _headers est bien à la racine de ce qui est en ligne.",
    },
    What.COMPRESSION: {
        Host.OTHER: "Cherchez « compression » ou « gzip » chez votre hébergeur.",
        Host.NGINX: f"Ajoutez « gzip on; gzip_types text/css application/javascript application/json application/atom+xml image/svg+xml; », puis {_NGINX}.",
        Host.CADDY: "Ajoutez « encode zstd gzip » au bloc du site, puis tapez « caddy reload ».",
        Host.APACHE: "Activez mod_deflate, ou mettez « AddOutputFilterByType DEFLATE text/html text/css … » dans content/racine/.htaccess.",
    },
}
