"""Which items of a WordPress export are texts for readers, and which of them readers saw."""

from __future__ import annotations

import re
from collections.abc import Mapping

_HELD_BACK = {
    "draft": "brouillon",
    "auto-draft": "brouillon",
    "pending": "en attente de relecture",
    "private": "privé",
    "future": "programmé pour plus tard",
}
MACHINERY = {
    "revision": "révision",
    "nav_menu_item": "entrée de menu",
    "wp_block": "bloc réutilisable",
    "wp_navigation": "menu",
    "wp_template": "gabarit de page",
    "wp_template_part": "gabarit de page",
    "wp_global_styles": "réglage d'apparence",
    "wp_font_family": "police de caractères",
    "wp_font_face": "police de caractères",
    "custom_css": "feuille de style",
    "safecss": "feuille de style",
    "customize_changeset": "réglage d'apparence",
    "oembed_cache": "copie d'un contenu d'ailleurs",
    "user_request": "demande d'un visiteur",
    "feedback": "message reçu par un formulaire",
    "flamingo_inbound": "message reçu par un formulaire",
    "flamingo_contact": "message reçu par un formulaire",
    "wpcf7_contact_form": "formulaire",
    "wpforms": "formulaire",
    "wpforms_entries": "message reçu par un formulaire",
    "nf_sub": "message reçu par un formulaire",
    "jp_pay_order": "commande",
    "jp_pay_product": "produit à vendre",
    "shop_order": "commande",
    "shop_order_refund": "commande",
    "shop_coupon": "bon de réduction",
    "shop_subscription": "commande",
    "acf-field": "réglage d'une extension",
    "acf-field-group": "réglage d'une extension",
    "elementor_library": "gabarit de page",
    "elementor_font": "police de caractères",
    "ml-slider": "réglage d'une extension",
    "ml-slide": "réglage d'une extension",
    "mc4wp-form": "formulaire",
    "amp_validated_url": "réglage d'une extension",
    "scheduled-action": "réglage d'une extension",
    "postman_sent_mail": "courriel envoyé",
    "wp_log": "journal technique",
    "sp_newsletter": "courriel envoyé",
    "bp-email": "courriel envoyé",
}
"""Types that are no texts for readers, as the report calls them; some hold what visitors wrote in private."""
_WHY = {
    "bloc réutilisable": "il est mis dans chaque texte qui le montre",
    "révision": "seule la dernière version d'un texte vient",
    "message reçu par un formulaire": "c'est un message privé",
    "commande": "elle parle d'un client",
}


def held_back(status: str, password: str, post_type: str) -> str:
    """Why a text must not be published; empty: readers saw it. When in doubt, it is held back."""
    if password:
        return "protégé par un mot de passe"
    if status != "publish":
        return _HELD_BACK.get(status, f"d'un état inconnu, « {status} »" if status else "sans état connu")
    return "" if post_type in {"post", "page"} else f"d'un type propre à une extension, « {post_type} »"


def left_out(post_type: str, status: str, *, has_words: bool) -> tuple[str, str] | None:
    """What an item is and why it does not come; None: it comes."""
    if post_type in MACHINERY:
        what = MACHINERY[post_type]
        return what, _WHY.get(what, "ce n'est pas un texte pour des lecteurs")
    if status == "trash":
        return ("page" if post_type == "page" else "billet"), "jeté à la corbeille de l'ancien blog"
    if status == "auto-draft" and not has_words:
        return "billet", "vide : WordPress l'avait commencé de lui-même"
    if post_type not in {"post", "page"} and (status != "publish" or not has_words):
        return f"contenu « {post_type} »", "d'un type propre à une extension, et pas publié ou vide"
    return None


_MEMBERS = re.compile(r"^_?(?:members_access|rcp_(?:subscription|access|user)_level|rcp_restricted|wpmem_block)")
_FREE = frozenset({"", "0", "no", "none", "false", "all", "public", "everyone", "a:0:{}", 'a:1:{i:0;s:0:"";}'})


def members_only(meta: Mapping[str, str]) -> str:
    """Why a text that its site showed to members alone is held back; empty when nothing says so.

    :param meta: what plugins kept beside it: those for members leave its state « publish ».
    """
    return "réservé à des membres" if any(_MEMBERS.match(key) and value.strip().lower() not in _FREE for key, value in meta.items()) else ""
