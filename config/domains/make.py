#!/usr/bin/env python3
"""Makes the domains that ship with Alicorn from WordNet 3.0 and the folder rules beside this file.

    python3 config/domains/make.py WORDNET_FOLDER

WORDNET_FOLDER holds data.noun and index.noun; Debian's package wordnet-base puts them into
/usr/share/wordnet. The standard library is all it needs. The same input gives the same bytes.

A domain's rules are lines of a word and what it says; all but a template may list more, with commas:

    root WORD OFFSET    the synsets below this one give labels; the word is for readers
    prune WORD OFFSET   this synset and all below it give none
    add LABEL           a label that WordNet lacks or holds elsewhere
    drop LABEL          a label that reading the list has struck out
    not WORD            labels that hold this word are left out
    words NUMBER        labels from WordNet have at most so many words, those joined by hyphens counted
    mass WORD           labels that end in this word are a mass and take no article
    many WORD           labels that end in this word are plural and take none either
    one WORD            labels that end in this word are one thing, though the word looks plural
    the LABEL           a label that takes the definite article
    a LABEL             a label that takes `a`, though it is spelt as if it took `an`
    template TEXT       {a} is the label with its article, {label} without

A label belongs to the first domain, in the order of DOMAINS, that has it.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src/main/resources/dev/alicorn/config/domains"

# Domains whose labels are told from others' by more than a shared word come first.
DOMAINS = [
    "birds", "mammals", "reptiles", "fish", "insects", "produce", "food", "plants", "trees",
    "music", "vehicles", "clothing", "people", "minerals", "buildings", "scenes", "household", "tools",
]

KINDS = ("root", "prune", "add", "drop", "not", "words", "mass", "many", "one", "the", "a", "template")

# A synset with more kinds below it than this is a class rather than a fine-grained label.
KINDS_MAX = 9
WORDS_MAX = 4
CHARS_MAX = 32
LABEL = re.compile(r"[A-Za-z][A-Za-z'.-]*( [A-Za-z][A-Za-z'.-]*)*")

# What the gloss of a synset says when a label is no thing that one could photograph today, when it
# is a term of taxonomy or of abuse, or when it tells people apart by what must not be guessed.
GLOSS_STOP = re.compile(
    r"offensive|disparag|derogat|ethnic slur|obscene|vulgar|\bslang\b|archaic|obsolete|mythic|legend|fabled|"
    r"imaginary|fictional|hypothetical|no longer in|formerly|in former|\bgenus\b|\btaxonomic|"
    r"collective|\bgroup of\b|\bfamily of\b|\bclass of\b|"
    r"sexual|genital|penis|vagina|breasts|prostitut|contracepti|condom|erotic|"
    r"execution|torture|slave|nazi|\bcorpse|suicide|narcotic|hallucinogen|intraven|surgical|"
    r"poisonous gas|explosive|nuclear|torpedo|grenade|hand weapon|firearm|fetus|embryo",
    re.IGNORECASE,
)

# Words inside labels that are no entries of WordNet.
LITTLE = {"of", "the", "and", "de", "du", "des", "la", "le", "au", "en", "with", "for", "or", "to", "from"}

# Words that no label holds.
WORD_STOP = {
    word
    for line in (HERE / "rules/stop.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
}


class WordNet:
    """The nouns: words and gloss by synset, and the synsets right below each."""

    def __init__(self, folder):
        self.synsets = {}
        self.kinds = defaultdict(list)
        with open(folder / "data.noun", encoding="latin-1") as lines:
            for line in lines:
                if not line.startswith("  "):
                    self._take(line)
        with open(folder / "index.noun", encoding="latin-1") as lines:
            self.senses = dict(self._senses(line) for line in lines if not line.startswith("  "))
        self.words = set(self.senses)
        for part in ("adj", "adv", "verb"):
            with open(folder / f"index.{part}", encoding="latin-1") as lines:
                self.words |= {line.split(" ", 1)[0] for line in lines}
        everything = {word for words, _ in self.synsets.values() for word in words}
        self.genera = {word[6:] for word in everything if word.startswith("genus_")}

    @staticmethod
    def _senses(line):
        fields = line.split()
        return fields[0], fields[-int(fields[2]) :]

    def _take(self, line):
        head, gloss = line.split(" | ", 1)
        fields = head.split()
        count = int(fields[3], 16)
        self.synsets[fields[0]] = (fields[4 : 4 + 2 * count : 2], gloss.strip())
        at = 4 + 2 * count
        for i in range(int(fields[at])):
            symbol, target, part, _ = fields[at + 1 + 4 * i : at + 5 + 4 * i]
            if part == "n" and symbol == "~":
                self.kinds[fields[0]].append(target)

    def below(self, offset, pruned):
        found, todo = set(), [offset]
        while todo:
            synset = todo.pop()
            if synset not in found and synset not in pruned:
                found.add(synset)
                todo += self.kinds[synset]
        return found

    def is_latin(self, word):
        """Names of taxa: a genus alone or with its species, a family, an order."""
        first, *rest = word.split("_")
        if first in ("family", "order", "genus", "class", "suborder"):
            return True
        if first in self.genera and first[0].isupper() and (not rest or rest[0].islower()):
            return True
        return bool(re.search(r"(idae|aceae|ales|iformes|inae|optera|oidea|phyta)$", first))

    def label(self, synset):
        """The first word of a synset that people would use, or None."""
        words, gloss = self.synsets[synset]
        if GLOSS_STOP.search(gloss):
            return None
        first = None
        for word in words:
            text = word.replace("_", " ")
            if self.is_latin(word) or not LABEL.fullmatch(text):
                continue
            if len(text) > CHARS_MAX or len(text.split()) > WORDS_MAX or not self.is_known(text):
                continue
            # A later word is rarer, unless it is the first one made clearer: `kiwi fruit` for `kiwi`.
            first = first or text
            if first not in text:
                continue
            # What the word makes one think of first must be this thing: no `bay` among horses.
            if self.senses[word.lower()][0] == synset:
                return text
        return None

    def is_known(self, text):
        """Whether all the small-letter words of a label are words on their own: no `Aleuria aurantia`."""
        tokens = text.split()
        return len(tokens) == 1 or all(
            self.is_word(part) for token in tokens for part in token.split("-") if part
        )

    def is_word(self, part):
        if part[0].isupper() or part.endswith("ed") or part in LITTLE:
            return True
        return any(part.removesuffix(tail) in self.words for tail in ("'s", "s'", "s"))

    def is_family_word(self, synset, text):
        """Words such as `corvid`: a family's name made English."""
        gloss = self.synsets[synset][1]
        return " " not in text and re.search(r"(id|oid|ine|an|oidean)$", text) and re.match(
            r"(any|a|an|one|small|large|typical)?\s*(of|member|member of).*(famil|order|class|kind)", gloss
        )


def rules(name):
    """A domain's rules by their word, in order."""
    found = defaultdict(list)
    for number, line in enumerate((HERE / f"rules/{name}.txt").read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            kind, _, rest = line.partition(" ")
            if kind not in KINDS:
                sys.exit(f"rules/{name}.txt:{number}: no rule is called {kind}")
            # All but templates share lines, with commas between.
            found[kind] += [rest] if kind == "template" else [part.strip() for part in rest.split(",")]
    return found


def offsets(wordnet, name, lines):
    for line in lines:
        word, offset = line.rsplit(" ", 1)
        if word.replace(" ", "_") not in wordnet.synsets[offset][0]:
            sys.exit(f"rules/{name}.txt: {offset} is {wordnet.synsets[offset][0]}, not {word}")
        yield offset


def holds(text, words):
    return any(word in words for word in re.split(r"[ -]", text.lower()))


def gather(wordnet, name, rule):
    pruned = set(offsets(wordnet, name, rule["prune"]))
    found = []
    for root in offsets(wordnet, name, rule["root"]):
        for synset in sorted(wordnet.below(root, pruned)):
            text = wordnet.label(synset)
            if text and len(wordnet.below(synset, ())) <= KINDS_MAX + 1 and not wordnet.is_family_word(synset, text):
                found.append(text)
    words_max = int(rule["words"][0]) if rule["words"] else WORDS_MAX
    return [
        text
        for text in found
        if len(re.split("[ -]", text)) <= words_max and not holds(text, rule["not"])
    ] + rule["add"]


def sameness(text):
    """What labels that differ in spaces, hyphens, capitals or number have in common."""
    return re.sub("[^a-z0-9]", "", text.lower()).removesuffix("s")


def form(wordnet, text, rule):
    """The label with the mark of its article, where the rule of the reader would be wrong."""
    last = text.split()[-1].lower()
    tails = {text.lower(), last, last.split("-")[-1]}
    the, one, without = (
        {word.lower() for word in words} for words in (rule["the"], rule["one"], rule["mass"] + rule["many"])
    )
    if text.lower() in the:
        return "the " + text
    if text in rule["a"]:
        return "a " + text
    if tails & one:
        return text
    if tails & without:
        return "- " + text
    if last.endswith("s") and not re.search(r"(ss|us|is|'s)$", last):
        if last[:-1] in wordnet.words or last[:-2] in wordnet.words or last[:-3] + "y" in wordnet.words:
            return "- " + text
    return text


def main():
    wordnet = WordNet(Path(sys.argv[1]))
    taken = {}
    total = 0
    for name in DOMAINS:
        rule = rules(name)
        labels = {}
        drop = {text.lower() for text in rule["drop"]}
        unknown = set(drop)
        for text in gather(wordnet, name, rule):
            key = sameness(text)
            unknown.discard(text.lower())
            if text.lower() not in drop and not holds(text, WORD_STOP) and key not in taken and key not in labels:
                labels[key] = text
        if unknown:
            print(f"rules/{name}.txt drops what is not there: {sorted(unknown)}")
        taken.update(dict.fromkeys(labels, name))
        total += len(labels)
        lines = [form(wordnet, text, rule) for text in sorted(labels.values(), key=str.lower)]
        head = [
            f"# {len(lines)} labels, made by config/domains/make.py from WordNet 3.0 (Princeton University; its",
            "# licence is in NOTICE) and from rules beside it, which add names of our own. The templates are ours.",
        ]
        OUT.mkdir(parents=True, exist_ok=True)
        (OUT / f"{name}.txt").write_text("\n".join(head + rule["template"] + lines) + "\n", encoding="utf-8")
        print(f"{name:10} {len(lines):5}")
    print(f"{'all':10} {total:5}")


if __name__ == "__main__":
    main()
