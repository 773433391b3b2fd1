"""Every code an author can meet, what it means and what it does.

The author's guide prints this table; a code that is absent from here has no
severity, and the problem that bears it cannot be told.
"""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class CodeEntry:
    """One line of the guide's table of codes."""

    severity: str
    """``erreur`` stops a publication, the others do not."""
    meaning: str
    """What happened and why it matters, for an author."""


def _error(meaning: str) -> CodeEntry:
    return CodeEntry("erreur", meaning)


def _warning(meaning: str) -> CodeEntry:
    return CodeEntry("avertissement", meaning)


CATALOGUE: dict[str, CodeEntry] = {
    # Blocks: their shape.
    "PDV001": _error("Un bloc se trouve là où il ne peut pas être rendu. Placez-le dans sa propre citation, entre deux lignes vides."),
    "PDV002": _error("Le nom entre crochets n'est celui d'aucun bloc."),
    "PDV003": _error("Un bloc de code ouvert par ``` ou ~~~ n'est jamais refermé."),
    "PDV004": _warning("Une ligne collée sous un bloc n'a plus son « > » : elle est sortie du bloc."),
    "PDV005": _error("Une ligne placée parmi les champs n'a pas la forme « clé : valeur »."),
    "PDV006": _error("Il manque au bloc son titre ou son contenu."),
    # Blocks: their fields.
    "PDV010": _error("Un champ obligatoire manque."),
    "PDV011": _error("Le même champ est écrit deux fois ; seule la première valeur est lue."),
    "PDV012": _error("La clé n'est pas connue de ce bloc ou de cet en-tête."),
    "PDV013": _error("La clé n'est suivie d'aucune valeur."),
    "PDV014": _error("La valeur ne se lit pas : date, durée ou oui/non mal formés."),
    "PDV015": _error("La valeur n'est pas dans la liste permise."),
    "PDV016": _error("Ce n'est pas une adresse http ou https complète, ni un lien interne."),
    "PDV017": _warning("Deux valeurs ne se comparent pas : unités différentes, fourchette, zéro au départ ; rien n'est calculé."),
    "PDV018": _warning("Une ancre changerait, ou deux passages ont la même : les liens qui y mènent ne la trouveraient plus."),
    # Header.
    "PDV020": _error("Une ligne de l'en-tête ne se lit pas."),
    "PDV021": _error("Un champ obligatoire de l'en-tête manque."),
    "PDV022": _error("La date est illisible, incomplète, ambiguë ou impossible."),
    "PDV023": _error("La date de modification précède la date de publication."),
    "PDV025": _error("Le statut n'est ni « published », ni « draft », ni « hidden »."),
    "PDV026": _error("Le nom d'adresse (Slug) ou un mot-clé ne peut pas servir dans une adresse."),
    "PDV027": _error("Le gabarit demandé n'est pas de ceux que l'auteur peut choisir."),
    "PDV028": CodeEntry("note", "Le billet est daté du futur : il paraîtra ce jour-là, à la première publication."),
    "PDV029": _error("L'identifiant du billet (Id) sert déjà, ou ne peut pas servir dans un flux."),
    # Files.
    "PDV030": _error("Le fichier n'est pas en UTF-8."),
    "PDV031": _error("Le fichier contient un octet nul : ce n'est pas un texte."),
    "PDV032": _error("Un caractère de contrôle ou d'inversion du sens de lecture se cache dans le texte ; il est retiré."),
    "PDV033": _warning("Le texte a été mal converti (« Ã© » pour « é »)."),
    "PDV034": _error("Le fichier ou le dossier est un lien symbolique : rien n'est publié tant qu'il est là."),
    "PDV035": _error("Le fichier n'a pas sa place ici : texte hors de ses dossiers, ou format qui n'est pas publié."),
    "PDV036": _error("La lecture du fichier a échoué ; une page d'erreur le remplace dans l'aperçu."),
    "PDV037": _warning("Windows ne peut pas porter le nom de ce fichier : un signe qu'il refuse, un nom qu'il se réserve, un chemin trop long."),
    "PDV038": _warning("Deux noms ne diffèrent que par les capitales, ou par l'écriture d'un accent : Windows et macOS n'en garderaient qu'un."),
    "PDV092": _error("Le fichier ou le dossier ne peut pas être lu : son nom, son genre, ses droits ou sa profondeur l'empêchent. Rien n'en est publié."),
    # Text.
    "PDV040": _error("Un niveau de titre est sauté : « ## » vient d'abord, puis « ### »."),
    "PDV041": _error("L'image n'a pas de texte de remplacement : qui ne la voit pas n'en saura rien."),
    "PDV042": _error("Le fichier lié n'existe pas dans le dossier de contenu."),
    "PDV043": _error("La note de bas de page est appelée sans être écrite."),
    "PDV044": _warning("Des sous-titres ou des chapitres sont mal écrits : leurs mots sont gardés, mais les navigateurs pourraient les perdre."),
    "PDV045": _error("Une écriture d'un autre outil (Hugo, MkDocs, Jekyll, MDX…) n'est pas lue ici : elle serait publiée telle quelle."),
    "PDV046": _warning("Une écriture d'un autre outil, ou d'Obsidian, semble s'être glissée dans le texte : elle est publiée telle quelle."),
    "PDV047": _warning("Un lien « [texte][nom] » n'a pas d'adresse : aucune ligne « [nom]: adresse » ne la donne."),
    "PDV048": _error("La même note de bas de page est écrite deux fois : une seule serait lue."),
    "PDV049": _warning("Une note de bas de page est écrite sans que rien ne l'appelle."),
    "PDV107": _warning("Il reste dans le texte une marque « [à compléter : …] » : elle serait publiée telle quelle."),
    # Safety.
    "PDV050": _error("Cette balise HTML n'est pas permise dans un billet."),
    "PDV051": _error("Cet attribut HTML n'est pas permis dans un billet."),
    "PDV052": _error("Cette adresse exécuterait du code, ou pourrait en cacher."),
    "PDV053": _error("Ce dessin SVG contient autre chose que du dessin : du code, une page, une adresse d'un autre site."),
    "PDV054": _error("Cette image ou cette vidéo serait chargée chez un tiers, qui saurait qui lit la page : gardez-en une copie ici."),
    "PDV055": _error("Ce fichier est une page web ou un programme sous un autre nom : il pourrait s'exécuter chez qui l'ouvre."),
    "PDV056": _error("Les navigateurs ne montreraient pas cette image : format d'appareil ou d'imprimerie, fichier tronqué ou vide."),
    "PDV057": _warning("Le nom de cette image ne dit pas son vrai format : certains hébergeurs la serviraient mal."),
    "PDV058": _warning("Le dessin du nom, « wordmark » dans IDENTITY, manque, pèse trop ou n'est pas une forme d'une couleur."),
    "PDV059": CodeEntry("note", "Le nom du blog ou sa devise a des signes que l'image de partage ne peut pas écrire."),
    # Typography: suggested by « invoke check », never applied.
    "PDV070": CodeEntry("suggestion", "Une capitale attend son accent : « À », « État », « Étude »."),
    "PDV071": CodeEntry("suggestion", "Deux espaces se suivent."),
    "PDV072": CodeEntry("suggestion", "Un guillemet droit n'a pas de partenaire."),
    "PDV073": CodeEntry("suggestion", "Une date est écrite à l'anglaise."),
    "PDV074": CodeEntry("suggestion", "Une liste « promesse, mais au final preuve » n'est pas encore un bilan : le registre ne la voit pas."),
    "PDV075": CodeEntry("suggestion", "Une ligne de mots-clés à la façon de Technorati est lue au pied du texte : sa place est dans l'en-tête."),
    "PDV076": CodeEntry(
        "suggestion", "Deux mots-clés se ressemblent : pluriel, une lettre, en un mot ou en plusieurs ; ou sont un seul, écrit de deux façons."
    ),
    "PDV077": CodeEntry("suggestion", "« Quelques liens… » et une liste : ce n'est pas encore un bloc de liens, les pages de liens ne la voient pas."),
    "PDV078": CodeEntry("suggestion", "Il manque une espace avant ; ! ? ou deux-points."),
    "PDV079": CodeEntry("suggestion", "« oe » attend une ligature : « cœur », « œil », « vœu »."),
    # Public addresses.
    "PDV065": _error("Une ligne de content/adresses.txt, la liste de ce qui est public, ne se lit pas."),
    # Registry of tags.
    "PDV080": _error("Une ligne du registre des mots-clés (content/tags.toml) ne se lit pas, ou contredit une autre."),
    # State of links.
    "PDV081": _error("Le fichier content/links/state.json ne se lit pas : « invoke links.check » l'écrit, personne d'autre ne devrait y toucher."),
    # Files of the site.
    "PDV090": _error("Une page ou un fichier du site ne se termine pas, ou le processus qui le fabriquait s'est arrêté : le site reste comme il était."),
    # Drafts and headers of other generators.
    "PDV100": _warning("L'en-tête, le nom du fichier ou son dossier dit un brouillon à la façon d'un autre outil : le texte est gardé hors du site."),
    "PDV101": _warning("Le texte est peut-être un brouillon : dans le doute, il est gardé hors du site."),
    "PDV102": _error("Les explications que « invoke new » met dans un brouillon sont encore là."),
    "PDV103": _warning("L'en-tête d'un autre outil dit quelque chose que ce site ne montre pas."),
    "PDV104": CodeEntry("suggestion", "L'en-tête porte des réglages d'un autre outil, sans effet ici."),
    "PDV105": _warning("L'ancre d'un lien interne n'existe pas dans la page où il mène."),
    "PDV108": _warning("Un fichier de votre dossier theme/ remplace un fichier du moteur qui a changé depuis que vous l'avez copié."),
    "PDV106": CodeEntry("suggestion", "Un fichier ressemble à un texte et n'est pas lu : copie d'un éditeur, d'un nuage, ou nom caché."),
    # Files for the root of the site.
    "PDV110": CodeEntry("note", "Un fichier de content/racine/ prend la place de celui que le site écrit d'ordinaire, ou le complète."),
    "PDV111": CodeEntry("note", "Ce fichier n'est lu qu'à la racine de l'hôte, et le site est dans un de ses dossiers."),
    "PDV112": _error("Un fichier de content/racine/ n'est pas publié : il a l'air d'un secret (mot de passe, clé privée), d'un billet ou d'un brouillon."),
    "PDV113": CodeEntry("suggestion", "Un reste d'éditeur ou de système se trouve dans content/racine/ : il n'est pas publié."),
    "PDV114": CodeEntry("suggestion", "Un fichier publié tel quel peut s'exécuter : page, script, dessin. Qui l'a écrit agit au nom du site."),
    "PDV115": _warning("Un fichier que nomme EXTRA_PATH_METADATA n'existe pas, ou n'est pas publié."),
    # The author's guide.
    "PDV120": CodeEntry("note", "Une page ou un fichier du blog a pris l'adresse du guide de l'auteur : c'est le vôtre qui est montré."),
    # Proofs.
    "PDV130": _warning("Une preuve dit un espoir (« à vérifier », « on verra », « devrait ») au lieu de ce qui s'est passé."),
    # Series.
    "PDV150": _error("Deux billets d'une même série portent le même numéro."),
    "PDV152": _error("Deux séries de noms différents auraient la même page."),
    "PDV151": CodeEntry("suggestion", "Une série n'a qu'un billet, et son nom ressemble à celui d'une autre."),
    # Former addresses.
    "PDV140": _error("Une ancienne adresse ne se lit pas, dans « Aliases: » ou dans content/redirections.txt."),
    "PDV141": _error("Une ancienne adresse est celle d'une page d'aujourd'hui, ou deux textes la réclament."),
    "PDV142": _error("Des redirections tournent en rond : leurs visiteurs n'arriveraient nulle part."),
    "PDV143": _warning("Une redirection mène à une page qui n'est pas dans le site."),
    "PDV144": _warning("Une adresse qui était publique, d'après content/adresses.txt, ne mène plus nulle part : ses visiteurs seraient perdus."),
    # Answers of readers.
    "PDV160": _error("Un fichier de content/temoignages/ ne se lit pas, ou une réponse n'y a pas sa forme : aucune de ses réponses n'est montrée."),
    "PDV161": _warning("Une réponse de lecteur nomme un texte ou un appel qui n'est pas publié : elle n'est montrée nulle part, ou sous son billet seulement."),
    "PDV162": CodeEntry("suggestion", "Un appel à témoignages ne donne aucune façon de répondre."),
    "PDV167": CodeEntry("suggestion", "Le blog demande des réponses, et aucune page « vie-privee » ne dit ce qu'il en garde."),
    "PDV168": _warning("Un appel à témoignages n'est pas dans un billet : ses réponses ne sont ni relevées ni montrées."),
    # Who is told of a publication.
    "PDV170": _warning("Une ligne de content/webmentions.txt, la liste des pages prévenues qu'elles sont citées, ne se lit pas."),
    # Hosts.
    "PDV173": CodeEntry("suggestion", "L'hébergeur du site n'a aucun moyen de mener d'une ancienne adresse à la nouvelle : ses visiteurs seraient perdus."),
    "PDV174": CodeEntry("suggestion", "L'hébergeur du site ne lit pas autant de redirections : une petite page tient la place de celles qui sont de trop."),
    "PDV175": _warning("Le fichier _headers a plus de règles que l'hébergeur du site n'en lit : les dernières sont sans effet."),
    "PDV176": _warning("Un réglage demande de dire aux navigateurs ce que l'hébergeur du site n'a aucun moyen de dire."),
    # Code.
    "PDV145": CodeEntry("suggestion", "Le langage qu'annonce un morceau de code n'est pas connu : il est montré sans couleurs."),
    # Output folder.
    "PDV091": _error("Le dossier du site est la place d'autre chose, ou ce qui s'y trouve n'est pas du site : rien n'y est écrit ni effacé."),
    # Plugins of others.
    "PDV067": _error("Une extension que le site a choisie n'a pas pu lire le texte, avec ce qu'elle ajoute à la syntaxe des billets."),
    # Addresses.
    "PDV066": _error("Le mot-clé, la catégorie ou l'auteur que nomme ce lien n'a aucune page dans le site."),
    "PDV060": _error("Deux fichiers veulent la même adresse."),
    "PDV061": _error("L'adresse demandée sort du site ou prend la place d'une page du site."),
    "PDV062": _error("La page d'un texte ne peut pas être rendue, ou ce texte manque ailleurs ; les autres sont faits."),
    "PDV063": _error("Un gabarit, ou un fichier du site, ne peut pas être rendu ; une page le dit à sa place dans l'aperçu."),
    "PDV064": _error("L'adresse contient un nom qu'un disque ne peut pas porter : trop long, ou réservé par Windows."),
    "PDV068": _warning("L'adresse contient un signe que Windows refuse, ou est trop longue pour lui : le site ne pourrait pas y être construit."),
}
