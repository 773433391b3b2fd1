"""What the keys of a header mean: Pelican's, ours, their French names, those of other generators."""

from __future__ import annotations

import functools

from plancher.base.french import fold

KNOWN = {
    name: name.capitalize()
    for name in "title date modified category tags slug summary author authors status lang id kind image template save_as url aliases series part".split()
}
"""Pelican's standard fields, and ours: Id, Kind, Image, Aliases, Series and Part."""
_SAME = {
    "title": "titre titre_du_billet",
    "date": "date_de_publication publie_le created created_at created_on created_time cree_le",
    "modified": "modifie modifiee modifie_le mis_a_jour mise_a_jour lastmod updated updated_at update_date"
    " last_modified last_modified_at last_edited_time last_update",
    "category": "categorie categories rubrique rubriques",
    "tags": "tag etiquette etiquettes mot_cle mots_cles mots_clefs motscles keywords keyword",
    "summary": "resume chapo chapeau description excerpt extrait accroche abstract",
    "author": "auteur auteure autrice byline creator",
    "authors": "auteurs auteures autrices",
    "status": "statut etat state post_status",
    "lang": "langue language locale",
    "id": "identifiant",
    "image": "cover featured_image featuredimage feature_image cover_image thumbnail banner hero og_image illustration vignette image_url",
    "template": "gabarit modele",
    "slug": "nom_d'adresse post_name",
    "url": "adresse permalink lien_permanent",
    "kind": "genre_de_billet",
    "aliases": "alias ancienne_adresse anciennes_adresses redirect_from",
    "series": "serie feuilleton",
    "part": "partie volet episode numero_de_serie series_index series_order series_number series_part",
}
_GROUPS = frozenset({"taxonomies", "extra", "params", "metadata", "meta", "front", "seo", "<<", "jekyll", "header"})
"""Groups whose keys have the same meaning outside of the group."""
_IN_GROUP = {
    ("date", "created"): "date",
    ("date", "published"): "date",
    ("date", "updated"): "modified",
    ("date", "modified"): "modified",
    **{(group, key): "image" for group in ("cover", "image", "banner", "hero", "featured_image") for key in ("image", "src", "path", "url", "relative_src")},
    ("header", "teaser"): "image",
    ("header", "overlay_image"): "image",
    ("author", "name"): "author",
    ("authors", "name"): "author",
    ("auteur", "nom"): "author",
}
_WITHOUT_WORDS = frozenset(
    "layout type weight order toc comments comment comment_status math mathjax katex mermaid pin pinned sticky featured sitemap robots noindex"
    " readtime reading_time read_time readingtime showtoc tocopen hide hidemeta hidesummary linktitle iscjklanguage markup outputs cascade"
    " icon css js style class theme color colors sidebar navigation nav nav_order menu menus parent grand_parent has_children has_toc show_date"
    " share social_share disqus disable_comments post_id postid wordpress_id wp_id guid uid sourcefile generated kind_of_post encoding format"
    " disqus_identifier disqus_url published_in show_reading_time showreadingtime hidden_in_list in_search_index template_engine eleventynavigation"
    " tableofcontents autonumbering license licence noedit search boost status_icon revision_date last_build version previewtext mermaid_theme".split()
)
"""Settings of the looks or the machinery of another generator: nothing in them is for readers."""


PRIVATE = frozenset(
    "draft drafts brouillon brouillons is_draft isdraft est_un_brouillon en_brouillon wip work_in_progress private prive privee secret confidential"
    " confidentiel confidentielle unpublished non_publie unlisted hidden masque password mot_de_passe protected protege encrypt encrypted members_only"
    " eleventyexcludefromcollections ne_pas_publier no_publish nopublish a_relire".split()
)
"""Keys whose « yes » holds a text back; anything but « no » is a doubt."""
PERHAPS_PRIVATE = frozenset("exclude excluded exclure ignore ignored skip cache internal interne en_cours todo".split())
"""Keys that only a plain « yes » makes one of these."""
PUBLIC = frozenset("published publish publie publiee publier is_published ispublished".split())
"""Keys whose « no » holds a text back; anything but « yes » or a date is a doubt."""
PERHAPS_PUBLIC = frozenset("public publique visible live online en_ligne listed render output ready pret relu publication".split())
"""Keys that only a plain « no » makes one of these."""
AUDIENCE = frozenset("visibility visibilite confidentialite".split())
"""Keys that say for whom a text is; anything but everybody holds it back."""
PERHAPS_AUDIENCE = frozenset("access acces audience scope diffusion".split())
"""Keys that only a private word makes one of these."""
APPEARS = frozenset(
    "publishdate publish_date publish_on publish_at pubdate pub_date published_at published_on published_date date_published datepublished scheduled"
    " scheduled_at date_de_parution parution date_publication embargo embargo_until go_live golive".split()
)
"""Keys that say when a text may be seen first."""
EXPIRES = frozenset(
    "expirydate expiry_date expiry expires expires_at expires_on expire expiration expiration_date expiredate unpublishdate unpublish_date unpublish_on"
    " unpublish_at date_d'expiration".split()
)
"""Keys that say from when it may no longer be seen."""
HOLDING = PRIVATE | PERHAPS_PRIVATE | PUBLIC | PERHAPS_PUBLIC | AUDIENCE | PERHAPS_AUDIENCE | APPEARS | EXPIRES
_ONLY_IN_HEADERS = (
    frozenset(KNOWN) - {"part"}
    | PRIVATE & frozenset("draft brouillon private prive wip unpublished is_draft".split())
    | PUBLIC
    | frozenset("statut titre etiquettes mots_cles categorie categories tag visibility visibilite publishdate".split())
)


@functools.lru_cache(maxsize=1024)
def normal(key: str) -> str:
    """A key, or one of the words it takes, without case, accents, spaces or hyphens."""
    return fold(key).replace("-", "_").replace(" ", "_")


_CANONICAL = {name: name for name in KNOWN} | {other: name for name, others in _SAME.items() for other in others.split()}


@functools.lru_cache(maxsize=1024)
def canonical(key: str, within: str = "") -> str | None:
    """The field of ours that a key stands for.

    :param within: the group the key stands in, in a header of another generator.
    """
    group = normal(within)
    if group and group not in _GROUPS:
        return _IN_GROUP.get((group, normal(key)))
    return _IN_GROUP.get((group, normal(key))) or _CANONICAL.get(normal(key))


@functools.lru_cache(maxsize=1024)
def is_known(key: str) -> bool:
    """Whether we know what this key means."""
    return normal(key) in _CANONICAL or normal(key) in HOLDING


@functools.lru_cache(maxsize=1024)
def is_of_a_header(key: str) -> bool:
    """Whether a line with this key cannot be prose: « Status: » cannot, « Auteur : » can."""
    return normal(key) in _ONLY_IN_HEADERS


def has_words(key: str) -> bool:
    """Whether the value of an unknown key may be meant for readers."""
    return normal(key) not in _WITHOUT_WORDS
