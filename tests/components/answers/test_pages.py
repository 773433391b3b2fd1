"""A call and its answers, as readers and subscribers see them."""

from __future__ import annotations

import json
import re
import urllib.parse

import feedparser
import mf2py
import nh3
from bs4 import BeautifulSoup

from tests.build.small import NOON, Small, difference
from tests.settings import identity

CALL = "> [!appel] Qu’avez-vous gagné ?\n> jusqu'au : 2026-01-10\n> merci : Merci.\n> id : gains"
ANSWER = """\
texte = "articles/2024/un.md"

[[reponse]]
id = "a1"
appel = "gains"
auteur = "Anne <b>Un</b>"
date = 2026-01-02T10:00:00Z
registre = true
avant = "4 heures"
apres = "1 heure"
texte = "Trois heures par semaine <script>alert(1)</script>"

[[reponse]]
id = "a2"
genre = "commentaire"
date = 2008-10-02
texte = "Un ancien commentaire."
"""
MAIL = "lecteurs@carnet.example"


def asking(small: Small, **settings: str) -> str:
    """The page of a post with a call and an answer."""
    small.post("un", words=CALL)
    small.write("content/temoignages/2026/a1.toml", ANSWER)
    small.set(PLANCHER_ANSWERS=f'AnswerSettings(email="{MAIL}")', **settings)
    ran = small.build()
    assert ran.code == 0, ran.said
    return page(small, "2024/05/un/")


def page(small: Small, address: str) -> str:
    """A page with plain spaces: typography has its own tests."""
    return plain(small.files[f"{address}index.html"].decode())


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("&nbsp;", " ").replace("\u202f", " ")


def test_a_call_shows_how_to_answer_and_what_was_answered_as_plain_text(small: Small) -> None:
    shown = asking(small)
    assert 'href="mailto:lecteurs@carnet.example?subject=' in shown
    assert f"Ou écrire à {MAIL}, avec <code>appel-" in shown
    assert "Ouvert jusqu’au 10 janvier 2026." in shown
    assert "Anne &lt;b&gt;Un&lt;/b&gt;" in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "Avant : 4 heures ; après : 1 heure." in shown
    assert "Un ancien commentaire." not in shown
    listed = page(small, "temoignages/")
    assert "Questions ouvertes" in listed
    assert "1 réponse publiée, dont 1 au registre des preuves" in listed


def test_a_call_closes_by_itself_on_its_day(small: Small) -> None:
    asking(small)
    small.clock = NOON + 10 * 86_400
    assert small.build().code == 0
    shown = page(small, "2024/05/un/")
    assert "Cet appel est clos depuis le 10 janvier 2026." in shown
    assert "mailto:lecteurs@carnet.example?subject=Qu" not in shown  # an answer is still reported by mail
    assert "Questions closes" in small.files["temoignages/index.html"].decode()
    code, clean, said = small.clean()
    assert code == 0, said
    assert small.files == clean, difference(small.files, clean)


def test_an_answer_is_a_comment_for_programs_and_an_entry_of_the_feed(small: Small) -> None:
    shown = asking(small)
    (post,) = [item for item in mf2py.parse(shown)["items"] if "h-entry" in item["type"]]
    (entry,) = post["properties"]["comment"]
    assert entry["type"] == ["h-cite"]
    assert entry["properties"]["in-reply-to"] == ["/2024/05/un/"]
    assert entry["properties"]["url"] == ["#reponse-a1"]
    feed = feedparser.parse(small.files["feeds/temoignages.atom.xml"])
    assert [plain(item.title) for item in feed.entries] == ["Réponse : Trois heures par semaine <script>alert(1)</script>", "Appel : Qu’avez-vous gagné ?"]
    call = feed.entries[1].summary
    assert "mailto:lecteurs@carnet.example?subject=Qu" in call
    assert f"Ou écrire à {MAIL}" in plain(call)
    assert feed.entries[0].published.startswith("2026-01-02T10:00:00")
    assert feed.entries[0]["thr_in-reply-to"]["href"] == f"{identity.SITEURL}/2024/05/un/"
    assert b"mailto:lecteurs@carnet.example?" in small.files["feeds/atom.xml"]


def test_an_answer_to_a_post_that_no_list_shows_is_on_its_page_and_in_no_feed(small: Small) -> None:
    small.post("un", status="hidden")
    assert "Trois heures par semaine" in asking(small)
    assert [name for name, content in small.files.items() if b"Trois heures par semaine" in content] == ["2024/05/un/index.html"]


def test_a_call_on_a_page_where_no_answer_would_be_shown_is_told(small: Small) -> None:
    small.write("content/pages/a-propos.md", f"Title: À propos\nSlug: a-propos\n\n{CALL}\n")
    small.set(PLANCHER_ANSWERS=f'AnswerSettings(email="{MAIL}")')
    assert "content/pages/a-propos.md:4: PDV168" in small.build().said


def test_a_reader_of_feeds_that_keeps_no_class_still_shows_the_whole_call_and_its_address(small: Small) -> None:
    asking(small)
    (entry,) = [entry for entry in feedparser.parse(small.files["feeds/atom.xml"]).entries if entry.title == "Un"]
    kept = nh3.clean(
        entry.content[0].value, tags={"p", "a", "strong", "ul", "li", "dl", "dt", "dd"}, attributes={"a": {"href"}}, url_schemes={"https", "mailto"}
    )
    shown = BeautifulSoup(plain(kept), "html.parser")
    words = " ".join(shown.get_text(" ").split())
    for part in ("Appel à témoignages : Qu’avez-vous gagné ?", "Ouvert jusqu’au 10 janvier 2026.", f"Ou écrire à {MAIL}, avec appel-", "Merci."):
        assert part in words
    assert [str(link["href"]).partition("?")[0] for link in shown.select("a[href^=mailto]")] == [f"mailto:{MAIL}"]


def test_the_feeds_of_the_blog_say_how_many_answers_a_post_has_and_where(small: Small) -> None:
    asking(small)
    place = f"{identity.SITEURL}/2024/05/un/#reponse-a1"
    entries = {entry.title: entry for entry in feedparser.parse(small.files["feeds/atom.xml"]).entries}
    (replies,) = [link for link in entries["Un"].links if link.rel == "replies"]
    assert (replies.href, replies.type, replies["thr:count"], entries["Un"].thr_total) == (place, "text/html", "1", "1")
    assert not [link for link in entries["Deux"].links if link.rel == "replies"]
    assert {item.title: item.get("comments") for item in feedparser.parse(small.files["feeds/rss.xml"]).entries}["Un"] == place


def test_each_answer_is_reported_by_a_mail_that_names_it_or_where_the_owner_says_how_to_write(small: Small) -> None:
    (link,) = BeautifulSoup(asking(small), "html.parser").select(".answer a[href^=mailto]")
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(str(link["href"])).query)
    assert asked == {"subject": ["Signaler reponse-a1"], "body": [f"{identity.SITEURL}/2024/05/un/#reponse-a1\r\n\r\n"]}
    small.set(PLANCHER_ANSWERS="AnswerSettings()")
    small.write("content/pages/mentions.md", "Title: Mentions\nSlug: mentions-legales\n\nOù écrire.\n")
    assert small.build().code == 0
    (link,) = [link for link in BeautifulSoup(page(small, "2024/05/un/"), "html.parser").select(".answer a") if link.string == "Signaler"]
    assert link["href"] == f"{identity.SITEURL}/mentions-legales/"


def thread(depth: int, text: str = "articles/2024/deux.md") -> str:
    """Former comments, each of which answers the one before, a day later or more."""
    tables = [
        f'[[reponse]]\nid = "c{number}"\ngenre = "commentaire"\nauteur = "Lectrice {number}"\ndate = 2008-10-{min(number + 1, 31):02}T08:00:{number % 60:02}Z\n'
        + (f'parent = "c{number - 1}"\n' if number else "")
        + f'texte = "Commentaire numéro {number}."\n'
        for number in range(depth)
    ]
    return f'texte = "{text}"\n\n' + "\n".join(tables)


def test_a_deep_thread_says_in_words_who_answers_whom(small: Small) -> None:
    small.post("un")
    small.post("deux", title="Deux")
    small.write("content/temoignages/2008/deux.toml", thread(10))
    small.set(PLANCHER_ANSWERS="AnswerSettings(former_comments=True)")
    assert small.build().code == 0
    shown = BeautifulSoup(page(small, "2024/05/deux/"), "html.parser")
    answers = shown.select(".answer")
    assert len(answers) == 10
    assert "en réponse à" not in answers[0].get_text()
    for number, answer in enumerate(answers[1:], 1):
        assert f"en réponse à Lectrice {number - 1}" in answer.get_text()
        assert answer.select_one(f'a[href="#reponse-c{number - 1}"]')
    data = json.loads(str(next(script.string for script in shown.select("script") if '"Comment"' in str(script.string))))
    assert data["@graph"][0]["parentItem"]["@type"] == "BlogPosting"
    assert data["@graph"][9]["parentItem"]["url"].endswith("/2024/05/deux/#reponse-c8")


def test_a_post_without_a_call_is_answered_by_a_mail_when_the_owner_has_an_address(small: Small) -> None:
    asking(small)
    assert "Répondre à ce billet" in small.files["2024/05/deux/index.html"].decode()
    assert "Répondre à ce billet" not in small.files["2024/05/un/index.html"].decode()
    small.set(PLANCHER_ANSWERS="AnswerSettings()")
    assert small.build().code == 0
    assert "Répondre à ce billet" not in small.files["2024/05/deux/index.html"].decode()
    assert "Répondre par" not in small.files["2024/05/un/index.html"].decode()


def test_former_comments_are_shown_when_the_owner_wants_it(small: Small) -> None:
    small.post("un", words=CALL)
    small.write("content/temoignages/2026/a1.toml", ANSWER)
    small.set(PLANCHER_ANSWERS="AnswerSettings(former_comments=True)")
    assert small.build().code == 0
    assert "Un ancien commentaire." in small.files["2024/05/un/index.html"].decode()


def test_former_comments_of_a_page_are_shown_below_it_as_those_of_a_post(small: Small) -> None:
    small.write("content/pages/metier.md", "Title: Le métier\nSlug: metier\n\nDes mots.\n")
    small.write("content/pages/cachee.md", "Title: Cachée\nSlug: cachee\nStatus: hidden\n\nDes mots.\n")
    small.write("content/temoignages/2008/metier.toml", thread(130, "pages/metier.md"))
    small.write("content/temoignages/2008/cachee.toml", thread(1, "pages/cachee.md").replace("Commentaire numéro 0", "Un mot discret").replace("c0", "d0"))
    small.set(PLANCHER_ANSWERS=f'AnswerSettings(former_comments=True, email="{MAIL}")')
    ran = small.build()
    assert ran.code == 0, ran.said
    addresses = ["metier/", "temoignages/metier/2/"]
    first, second = (BeautifulSoup(page(small, address), "html.parser") for address in addresses)
    assert [len(one.select(".answer.h-cite")) for one in (first, second)] == [100, 30]
    assert [link["href"] for link in first.select("main a[rel=next]")] == ["/temoignages/metier/2/"]
    assert {str(link["href"]) for link in first.select("a.u-in-reply-to")} >= {"/metier/", "#reponse-c0"}
    assert "Répondre à ce billet" not in first.get_text()
    data = json.loads(str(next(script.string for script in first.select("script") if '"Comment"' in str(script.string))))
    assert data["@graph"][0]["parentItem"] == {"@type": "WebPage", "url": f"{identity.SITEURL}/metier/"}
    entries = feedparser.parse(small.files["feeds/temoignages.atom.xml"]).entries
    assert {entry.link.partition("#")[0] for entry in entries} == {f"{identity.SITEURL}/metier/"}
    assert entries[0].published.startswith("2008-10-31")
    assert [name for name, content in small.files.items() if b"Un mot discret" in content] == ["cachee/index.html"]
    small.set(PLANCHER_ANSWERS="AnswerSettings()")
    assert small.build().code == 0
    assert "Commentaire numéro" not in page(small, "metier/")
    code, clean, said = small.clean()
    assert code == 0, said
    assert small.files == clean, difference(small.files, clean)


def test_an_edited_comment_of_a_page_makes_its_page_again(small: Small) -> None:
    small.write("content/pages/metier.md", "Title: Le métier\nSlug: metier\n\nDes mots.\n")
    small.write("content/temoignages/2008/metier.toml", thread(1, "pages/metier.md").replace("date = ", "# date = "))
    small.set(PLANCHER_ANSWERS="AnswerSettings(former_comments=True)")
    assert small.build().code == 0
    assert "Commentaire numéro 0." in page(small, "metier/")
    small.write("content/temoignages/2008/metier.toml", thread(1, "pages/metier.md").replace("numéro 0", "corrigé"))
    assert small.build().code == 0
    assert "Commentaire corrigé." in page(small, "metier/")


def test_what_an_import_brought_home_is_no_fault_though_its_post_is_held_back(small: Small) -> None:
    small.post("brouillon", status="draft")
    for name, post in (("a", "brouillon"), ("b", "absent")):
        comment = f'texte = "articles/2024/{post}.md"\n\n[[reponse]]\nid = "{name}"\ngenre = "commentaire"\ntexte = "Bravo."\n'
        small.write(f"content/temoignages/2008/{name}.toml", comment)
    small.write("content/temoignages/2026/c.toml", 'texte = "articles/2024/brouillon.md"\n\n[[reponse]]\nid = "c"\ntexte = "Oui"\n')
    for wanted in (False, True):
        small.set(PLANCHER_ANSWERS=f"AnswerSettings(former_comments={wanted})")
        assert "PDV16" not in small.build().said


def test_a_file_of_answers_that_cannot_be_read_is_told_with_its_line(small: Small) -> None:
    small.write("content/temoignages/2026/b.toml", 'texte = "articles/2024/un.md"\n\n[[reponse]]\nid = "b"\ncourriel = "x"\ntexte = "Oui"\n')
    small.write("content/temoignages/2026/c.toml", 'texte = "articles/2024/rien.md"\n\n[[reponse]]\nid = "c"\ntexte = "Oui"\n')
    said = small.build().said
    assert "temoignages/2026/b.toml:3: PDV160 ce fichier ne se lit pas : la clé « courriel » n'y est pas connue" in said
    assert "temoignages/2026/c.toml:3: PDV161 le texte « articles/2024/rien.md » n'est pas publié" in said


def test_an_answer_with_a_fact_is_a_declared_row_of_the_register_and_an_entry_of_its_feed(small: Small) -> None:
    asking(small)
    (row,) = json.loads(small.files["preuves.json"])["items"]
    assert (row["level"], row["measured_by"]) == ("déclaré", "un lecteur, Anne <b>Un</b>")
    assert row["url"] == f"{identity.SITEURL}/2024/05/un/#reponse-a1"
    assert row["change"]["ratio"] == 0.25
    (entry,) = feedparser.parse(small.files["feeds/preuves.atom.xml"]).entries
    assert entry.published.startswith("2026-01-02")
    assert "<script>alert" not in entry.content[0].value
    assert "un lecteur, Anne &lt;b&gt;Un&lt;/b&gt;" in page(small, "preuves/")
    assert re.search(r"Au registre des preuves : <a [^>]*>.*</a> \(déclaré par un lecteur\)", page(small, "2024/05/un/"))


TYPED = ("&lt;b&gt;", "&amp;amp;", "<b>", "]]>", "&#8217; et &nbsp;", "a < b && c > d", "&copy;")


def typed_answers() -> str:
    """An answer with a fact for each of them, which stands in all that a reader may fill in; and a former comment."""
    tables = [
        f'[[reponse]]\nid = "t{number}"\nappel = "gains"\nregistre = true\ndate = 2026-01-{number + 1:02}T10:00:00Z\n'
        + "".join(f"{key} = {json.dumps(f'{typed} {key}')}\n" for key in ("auteur", "texte", "avant", "apres", "promesse"))
        for number, typed in enumerate(TYPED)
    ]
    former = f'[[reponse]]\nid = "f"\ngenre = "commentaire"\nauteur = {json.dumps(TYPED[0])}\ntexte = {json.dumps(" ".join(TYPED))}\n'
    return 'texte = "articles/2024/un.md"\n\n' + "\n".join([*tables, former])


def test_what_a_reader_typed_is_shown_sign_for_sign_wherever_it_stands(small: Small) -> None:
    small.post("un", words=CALL)
    small.write("content/temoignages/2026/t.toml", typed_answers())
    small.set(PLANCHER_ANSWERS=f'AnswerSettings(email="{MAIL}", former_comments=True)')
    ran = small.build()
    assert ran.code == 0, ran.said
    shown = BeautifulSoup(small.files["2024/05/un/index.html"], "html.parser")
    comments = json.loads(str(next(script.string for script in shown.select("script") if '"Comment"' in str(script.string))))["@graph"]
    entries = {feed: feedparser.parse(small.files[f"feeds/{feed}.atom.xml"], sanitize_html=False).entries for feed in ("temoignages", "preuves")}
    items = json.loads(small.files["preuves.json"])["items"]
    register = BeautifulSoup(small.files["preuves/index.html"], "html.parser").get_text()
    for number, typed in enumerate(TYPED):
        answer = shown.select_one(f"#reponse-t{number}")
        assert answer
        for part in (f"{typed} auteur", f"{typed} texte", f"vant\u00a0: {typed} avant", f"après\u00a0: {typed} apres"):
            assert part in answer.get_text(), typed
        assert [(one["text"], one["author"]["name"]) for one in comments if one["url"].endswith(f"#reponse-t{number}")] == [
            (f"{typed} texte", f"{typed} auteur")
        ]
        for feed, parts in {"temoignages": ("auteur", "texte"), "preuves": ("auteur", "texte", "avant", "apres", "promesse")}.items():
            (entry,) = [entry for entry in entries[feed] if entry.link.endswith(f"#reponse-t{number}")]
            words = BeautifulSoup(entry.content[0].value if "content" in entry else entry.summary, "html.parser").get_text()
            assert [part for part in parts if f"{typed} {part}" not in words] == [], (feed, typed, words)
        (title,) = [entry.title for entry in entries["temoignages"] if entry.link.endswith(f"#reponse-t{number}")]
        assert title == f"Réponse\u00a0: {typed} texte"
        (row,) = [item for item in items if item["url"].endswith(f"#reponse-t{number}")]
        assert (row["promise"], row["proof"], row["measured_by"]) == (f"{typed} promesse", f"{typed} texte", f"un lecteur, {typed} auteur")
        for part in (f"{typed} promesse", f"{typed} texte", f"un lecteur, {typed} auteur"):
            assert part in register, typed
            assert part in small.files["preuves.csv"].decode().replace('""', '"'), typed
    former = shown.select_one("#reponse-f")
    assert former
    assert " ".join(TYPED) in former.get_text()


def test_an_answer_whose_author_did_not_agree_is_counted_nowhere(small: Small) -> None:
    small.post("un", words=CALL)
    small.write("content/temoignages/2026/a1.toml", ANSWER.replace("registre = true", "registre = false"))
    assert small.build().code == 0
    assert json.loads(small.files["preuves.json"])["items"] == []
    assert "ne compte pas au registre" in page(small, "2024/05/un/")


def test_a_post_that_has_no_answers_to_show_lends_none_to_the_register(small: Small) -> None:
    small.write("content/temoignages/2026/a1.toml", ANSWER)
    small.set(PLUGINS="[name for name in PLUGINS if name != 'plancher.components.answers']")
    assert small.build().code == 0
    assert json.loads(small.files["preuves.json"])["items"] == []


def privacy_page(small: Small, **settings: object) -> str:
    """The page « Vie privée » of a blog with a call; without tags and with plain spaces."""
    small.write("content/pages/vie-privee.md", "Title: Vie privée\nSlug: vie-privee\n\nAucun cookie.\n")
    small.set(PLANCHER_ANSWERS=f"AnswerSettings({', '.join(f'{name}={value!r}' for name, value in settings.items())})")
    ran = small.build()
    assert ran.code == 0, ran.said
    return page(small, "vie-privee/")


def test_the_page_of_privacy_names_the_sources_that_the_owner_set_up_and_no_other(small: Small) -> None:
    small.post("un", words=CALL)
    shown = privacy_page(small, email=MAIL, refused_days=12)
    assert "<strong>Par courriel</strong> : votre adresse" in shown
    assert "effacée après 12 jours" in shown
    assert f'écrivez à <a href="mailto:{MAIL}">' in shown
    assert "article 6, paragraphe 1, a" in shown
    assert not [
        name for name in ("Mastodon", "webmention", "formulaire") if name in shown.partition('id="reponses-des-lecteurs"')[2].partition("</section>")[0]
    ]
    assert "reponses-des-lecteurs" not in page(small, "2024/05/un/")


def test_public_pages_are_named_with_whoever_receives_them(small: Small) -> None:
    small.post("un", words=CALL + "\n> mastodon : https://social.example/@nous/1")
    shown = privacy_page(small, mentions="https://recepteur.example/api")
    assert "<strong>Par une réponse publique sur Mastodon</strong>" in shown
    assert "<strong>Par une webmention, que reçoit recepteur.example</strong>" in shown
    assert "Par courriel" not in shown


def test_the_form_is_named_with_how_long_its_server_keeps_what_it_receives(small: Small) -> None:
    small.post("un", words=CALL)
    shown = privacy_page(small, form="https://reponses.example/")
    assert "<strong>Par le formulaire</strong> : la date" in shown
    assert "reste sur le serveur qui le reçoit jusqu’à la relève, puis y est effacé" in shown


def test_a_blog_that_nobody_can_answer_says_nothing_of_answers(small: Small) -> None:
    small.post("un", words="Rien.")
    assert "reponses-des-lecteurs" not in privacy_page(small)


def test_a_blog_that_asks_and_does_not_say_what_it_keeps_is_told_so(small: Small) -> None:
    small.post("un", words=CALL)
    small.set(PLANCHER_ANSWERS=f'AnswerSettings(email="{MAIL}")')
    check = {"PLANCHER_READING": {"mode": "check"}}
    assert "PDV167" in small.build(task=False, extra=check).said
    small.write("content/pages/vie-privee.md", "Title: Vie privée\nSlug: vie-privee\n\nAucun cookie.\n")
    assert "PDV167" not in small.build(task=False, extra=check).said


def test_a_long_thread_has_pages_and_what_is_new_stands_on_the_first(small: Small) -> None:
    small.post("deux", title="Deux")
    small.write("content/temoignages/2008/deux.toml", thread(230))
    small.write("content/temoignages/2026/n.toml", 'texte = "articles/2024/deux.md"\n\n[[reponse]]\nid = "n"\ndate = 2026-01-02\ntexte = "Nouvelle."\n')
    small.set(PLANCHER_ANSWERS=f'AnswerSettings(former_comments=True, email="{MAIL}")')
    ran = small.build()
    assert ran.code == 0, ran.said
    addresses = ["2024/05/deux/", "temoignages/2024/05/deux/2/", "temoignages/2024/05/deux/3/"]
    shown = [BeautifulSoup(page(small, address), "html.parser") for address in addresses]
    assert [len(one.select(".answer")) for one in shown] == [101, 100, 30]
    assert [f"/{address}" for address in addresses[1:]] == [one.select_one("main a[rel=next]")["href"] for one in shown[:2]]  # type: ignore[index] # there is one
    for one in shown:
        anchors = {f"#{element['id']}" for element in one.select("[id]")}
        assert {str(link["href"]) for link in one.select("main a[href^='#']")} <= anchors
    reported = [str(one.select_one(".answer a[href^=mailto]")) for one in shown]
    assert [urllib.parse.quote(address, safe="") in link for address, link in zip(addresses, reported, strict=True)] == [True, True, True]
    assert "en réponse à Lectrice 99" in shown[1].select(".answer")[0].get_text()
    (replies,) = [link for entry in feedparser.parse(small.files["feeds/atom.xml"]).entries for link in entry.links if link.rel == "replies"]
    assert replies["thr:count"] == "231"
    entries = feedparser.parse(small.files["feeds/temoignages.atom.xml"]).entries
    assert {entry.link.partition("#")[2] for entry in entries} <= {str(element["id"]) for element in shown[0].select(".answer")}
