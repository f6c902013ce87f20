"""Registered names of many origins in the forms that people type: a generator of mentions with their places."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from audit_kit.domain.register import CaseRegister, Person

#: origin → (first names, family names); none of them is an English word
NAMES: dict[str, tuple[str, str]] = {
    "Yoruba": ("Oluwaseun Temitope Adebayo Folasade Ayodele Titilayo Babajide Morenike Damilola Kehinde", "Adeyemi Ogunleye Balogun Akinwande Olatunji Fasanya Oyelaran Adebowale"),
    "Igbo": ("Chukwuemeka Ngozi Chidinma Obinna Ifeoma Nkechi Uchenna Chiamaka Ikechukwu Adaeze", "Okonkwo Nwachukwu Eze-Okafor Onyekachi Ezenwa Mbakwe Obiora Nwosu"),
    "Akan": ("Kwabena Akosua Kwadwo Efua Yaw Afia Kofi Abena Kwasi Adwoa", "Boateng Asante Owusu-Ansah Mensah Agyeman Amoako Opoku Frimpong"),
    "Turkish": ("Gökçe Hüseyin Ayşegül Mehmet Şükrü Zeynep İbrahim Çiğdem Özgür Gülsüm", "Yılmaz Öztürk Kılıç Şahinoğlu Karabulut Çelik Güneş Demirtaş"),
    "Kurdish": ("Rojda Berivan Azad Şêrko Dilan Rezan Nûjîn Welat Hêvî Baran", "Bozarslan Demirhan Karakoç Ekinci Barzanî Yıldırım"),
    "Polish": ("Małgorzata Zbigniew Agnieszka Krzysztof Wojciech Łucja Franciszek Jadwiga Grzegorz Zofia", "Wiśniewska Kowalczyk Szczepański Jabłoński Wójcik Dąbrowska Grzybowski Krzyżanowska"),
    "Somali": ("Cabdiraxmaan Faadumo Ayaan Maxamed Hodan Xaliimo Ikraan Saciid Warsame Sahra", "Jimcaale Warsame Cumar Maxamuud Guuleed Shire Farah Abshir"),
    "Bengali": ("Tahmid Nasrin Shahnaz Rafiqul Farhana Mizanur Sultana Jahanara Kamrul Rukhsana", "Chowdhury Rahman Khatun Miah Begum Hussain Talukdar Sarkar"),
    "Vietnamese": ("Phương Nhung Dũng Hương Thảo Tuấn Quỳnh Khánh Thúy Đức", "Nguyễn Huỳnh Đặng Trương Phạm Vũ Hoàng Lương"),
    "Yiddish": ("Yitzchok Chaya Rivka Shloime Menachem Breindel Mordechai Gittel Avrohom Faigy", "Grunfeld Weissbart Rottenberg Teitelbaum Halberstam Landau Hirschler Friedlander"),
    "Irish": ("Saoirse Pádraig Siobhán Éamonn Caoimhe Diarmuid Gráinne Oisín Bríd Ruairí", "O'Donnell McDonagh Ó'Ceallaigh Brannigan O'Shaughnessy McNamara Fitzgerald Doherty"),
    "Portuguese": ("Thiago Luciana Conceição João Valentina Sebastião Rafaela Joaquim Inês Gonçalo", "Ferreira Gonçalves Figueiredo Magalhães Nascimento Teixeira Carvalho Araújo"),
    "Caribbean": ("Tyrese Shantelle Jermaine Keisha Dwayne Latoya Delroy Shanice Marlon Yvette", "Campbell-Clarke Baptiste Delacroix Lamontagne Thibodeaux McKenzie Morrison-Hylton Beckford"),
    "Romanian": ("Alexandru Ionuț Ștefania Mădălina Gheorghe Cătălin Ruxandra Bogdan Andreea Nicoleta", "Popescu Ionescu Dumitrescu Șerban Văcărescu Munteanu Constantinescu Țurcanu"),
    "Arabic": ("Abdulrahman Fatima Mustafa Khadija Yusuf Zainab Ibrahim Maryam Suleiman Layla", "Al-Masri El-Sayed Haddad Khoury Mansour Benali Boukhari Al-Hashimi"),
    "Congolese": ("Dieudonné Merveille Mbuyi Jean-Luc Marie-Claire Espérance Kabongo Béatrice Fiston Chancelle", "Tshibangu Kasongo Mukendi Lukaku Ilunga Ngalula Kalombo Mwamba"),
}  # fmt: skip
SENTENCES = (
    "On Monday {} was seen at home and the worker noted that the flat was cold.",
    "The school rang because {} had not been collected by half past four.",
    "{} said that nobody had asked about the bruise.",
    "Discussed with {} at the core group; plan to be reviewed in four weeks.",
    "There was no answer when duty called {} about the missed appointment.",
    "It was recorded that {} had moved out of the property in March.",
    "Letter sent to {} and copied to the health visitor.",
    "(see also the note on {}, which was not signed)",
    "The conference heard from {} first.",
)
_PLAIN = {"ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "İ": "I", "ø": "o"}


#: what people of these names are called at home
SHORT = {
    "Temitope": "Temi", "Oluwaseun": "Seun", "Folasade": "Sade", "Adebayo": "Bayo", "Damilola": "Dami", "Titilayo": "Titi",
    "Chukwuemeka": "Emeka", "Ikechukwu": "Ike", "Uchenna": "Uche", "Obinna": "Obi", "Chidinma": "Chidi", "Kwadwo": "Kojo",
    "Małgorzata": "Gosia", "Zbigniew": "Zbyszek", "Agnieszka": "Aga", "Krzysztof": "Krzysiek", "Wojciech": "Wojtek",
    "Grzegorz": "Grzesiek", "Zofia": "Zosia", "Franciszek": "Franek", "Jadwiga": "Jadzia", "Yitzchok": "Itzik",
    "Menachem": "Mendy", "Mordechai": "Motti", "Avrohom": "Avrumi", "Rivka": "Rivky", "Chaya": "Chayale", "Pádraig": "Paddy",
    "Diarmuid": "Dermot", "João": "Joãozinho", "Sebastião": "Tião", "Alexandru": "Alex", "Gheorghe": "Ghiță",
    "Abdulrahman": "Abdul", "Mustafa": "Musti", "Fatima": "Fati", "Shantelle": "Shan", "Jermaine": "Jay", "Ibrahim": "Ibo",
    "Mizanur": "Mizan", "Rafiqul": "Rafiq", "Cabdiraxmaan": "Cabdi", "Faadumo": "Faay",
}  # fmt: skip
#: what the same sound is written by, as somebody writes a name who has only heard it
_BY_EAR = (
    ("ph", "f"), ("f", "ph"), ("ck", "k"), ("c", "k"), ("k", "c"), ("ee", "i"), ("i", "ee"), ("y", "i"), ("ou", "oo"),
    ("u", "oo"), ("th", "t"), ("kh", "k"), ("w", "v"), ("sz", "sh"), ("cz", "ch"), ("ai", "ay"), ("ei", "ay"), ("q", "k"),
)  # fmt: skip


@dataclass(frozen=True)
class GeneratedMention:
    """A sentence with one mention of a registered person."""

    text: str
    start: int
    end: int
    form: str


def plain(name: str) -> str:
    bare = "".join(_PLAIN.get(c, c) for c in name)
    return "".join(c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c))


def _typing_error(name: str, rng: random.Random) -> str:
    """One slip inside a word of six letters or more: two letters swapped, one lost, doubled or changed."""
    words = name.split(" ")
    long = [i for i, w in enumerate(words) if len(w) >= 6 and w.isalpha()]
    if not long:
        return name
    i = rng.choice(long)
    word, at = words[i], rng.randrange(1, len(words[i]) - 2)
    slip = rng.choice(("swap", "lose", "double", "change"))
    if slip == "swap":
        word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    elif slip == "lose":
        word = word[:at] + word[at + 1 :]
    elif slip == "double":
        word = word[:at] + word[at] + word[at:]
    else:
        word = word[:at] + rng.choice("aeioumnrst") + word[at + 1 :]
    words[i] = word
    return " ".join(words)


def _by_ear(name: str, rng: random.Random) -> str:
    """The name with one sound written in another way, behind its first letter; as it is where there is none."""
    small = plain(name).lower()
    fitting = [(sound, other) for sound, other in _BY_EAR if sound in small[1:]]
    if len(small) < 6 or not fitting:
        return name
    sound, other = rng.choice(fitting)
    return (small[0] + small[1:].replace(sound, other, 1)).title()


def _plural(name: str) -> str:
    return f"the {name}es" if plain(name)[-1] in "szx" else f"the {name}s"


def _address(given: str, family: str) -> str:
    return ".".join("".join(c for c in plain(name).lower() if c.isalnum()) for name in (given, family))


def _scattered(name: str, rng: random.Random, what: str) -> str:
    at = rng.randrange(1, len(name))
    return name[:at] + what + name[at:]


Form = Callable[[str, str, random.Random], str]
FORMS: dict[str, Form] = {
    "full": lambda g, f, r: f"{g} {f}",
    "given": lambda g, f, r: g,
    "family": lambda g, f, r: f,
    "reversed": lambda g, f, r: f"{f}, {g}",
    "reversed without comma": lambda g, f, r: f"{f} {g}",
    "capitals": lambda g, f, r: f"{g} {f}".upper(),
    "family in capitals": lambda g, f, r: f"{f.upper()}, {g}",
    "lower case": lambda g, f, r: f"{g} {f}".lower(),
    "given in lower case": lambda g, f, r: g.lower(),
    "without accents": lambda g, f, r: plain(f"{g} {f}"),
    "given without accents, lower": lambda g, f, r: plain(g).lower(),
    "decomposed": lambda g, f, r: unicodedata.normalize("NFD", f"{g} {f}"),
    "initial and family": lambda g, f, r: f"{g[0]}. {f}",
    "initial without point": lambda g, f, r: f"{g[0]} {f}",
    "family and initial": lambda g, f, r: f"{f}, {g[0]}.",
    "title": lambda g, f, r: f"{r.choice(('Mr', 'Mrs', 'Ms', 'Miss'))} {f}",
    "title in brackets": lambda g, f, r: f"{f} ({r.choice(('Mr', 'Mrs'))}) {g[0]}",
    "possessive": lambda g, f, r: f"{g}'s",
    "curly possessive": lambda g, f, r: f"{g}’s",
    "underscored": lambda g, f, r: f"{plain(g)}_{plain(f)}",
    "pointed": lambda g, f, r: f"{plain(g).lower()}.{plain(f).lower()}",
    "joined": lambda g, f, r: plain(g + f).replace(" ", "").replace("-", "").replace("'", ""),
    "over a line": lambda g, f, r: f"{g}\n{f}",
    "no-break space": lambda g, f, r: f"{g}\u00a0{f}",
    "zero-width": lambda g, f, r: _scattered(g, r, "\u200b") + f" {f}",
    "soft hyphen": lambda g, f, r: f"{g} " + _scattered(f, r, "\u00ad"),
    "full width": lambda g, f, r: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in plain(g)),
    "typing error": lambda g, f, r: _typing_error(f"{plain(g)} {plain(f)}", r),
    "quoted": lambda g, f, r: f'"{g}"',
    "mojibake": lambda g, f, r: f"{g} {f}".encode().decode("cp1252", "replace") if "\ufffd" not in f"{g} {f}".encode().decode("cp1252", "replace") else f"{g} {f}",
    "nickname": lambda g, f, r: SHORT.get(g, g),
    "nickname and family": lambda g, f, r: f"{SHORT.get(g, g)} {f}",
    "plural": lambda g, f, r: _plural(f),
    "e-mail address": lambda g, f, r: f"{_address(g, f)}{r.randrange(10, 99)}@example.com",
    "e-mail address in words": lambda g, f, r: f"{_address(g, f)} (at) example dot com",
    "web address": lambda g, f, r: f"https://www.example.com/people/{_address(g, f).replace('.', '-')}",
    "by ear": lambda g, f, r: _by_ear(g, r),
    "by ear with family": lambda g, f, r: f"{_by_ear(g, r)} {_by_ear(f, r)}",
    "look-alike letters": lambda g, f, r: f"{g} {f}".replace("a", "а", 1).replace("e", "е", 1),
}  # fmt: skip


def families(rng: random.Random) -> Iterator[tuple[CaseRegister, tuple[tuple[str, str], ...]]]:
    """Endless families of four, each of one origin or two, with their names as (given, family)."""
    origins = list(NAMES.values())
    while True:
        firsts, lasts = rng.choice(origins)
        family, other = rng.choice(lasts.split()), rng.choice(rng.choice(origins)[1].split())
        given = rng.sample(firsts.split(), 3)
        people = ((given[0], family), (given[1], family), (given[2], other))
        roles = ("subject_child", "mother", "father")
        yield (
            CaseRegister("H1", tuple(Person(role, f"{g} {f}") for role, (g, f) in zip(roles, people, strict=True))),
            people,
        )


def mentions(people: tuple[tuple[str, str], ...], rng: random.Random, *, count: int) -> Iterator[GeneratedMention]:
    """``count`` sentences, each with one person in one form."""
    for _ in range(count):
        form = rng.choice(list(FORMS))
        given, family = rng.choice(people)
        typed = FORMS[form](given, family, rng)
        before, after = rng.choice(SENTENCES).split("{}")
        yield GeneratedMention(before + typed + after, len(before), len(before) + len(typed), form)
