"""Takes telephone numbers and e-mail addresses out of a text before it leaves for the engine or is kept for training."""

from __future__ import annotations

import re

import phonenumbers

PHONE_MASK = "[numéro]"
EMAIL_MASK = "[adresse e-mail]"
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# Long runs of digits that no telephone library knows (INE, social security, card numbers) are personal too.
_LONG_NUMBER = re.compile(r"(?<!\w)\d(?:[ .-]?\d){8,}(?!\w)")
# « 33712457898 » is a French number too: people copy it without its plus.
_FRENCH = re.compile(r"(?<![\w+])(?:(?:\+|00)?33[ .-]?(?:\(0\))?[ .-]?|0)([1-79](?:[ .-]?\d){8})(?![ .-]?\d)")
_FRENCH_MOBILE = re.compile(r"\+33[67]\d{8}")
# A number begins with 0692 in La Réunion, with 0690 in Guadeloupe…: the region that has it reads it.
REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT")
# People separate digits with anything; a space of the same length keeps all places in the text.
_SEPARATORS = re.compile(r"(?<=\d)[/,;_|*\\·•\u00a0\u2007\u2009\u202f](?=\d)|(?<=\d)[,/;|*\\·•] (?=\d)"
                         r"|(?<=\d) [|*\\·•] (?=\d)")
# « 06:12:34:56:78 » is no hour, five lines of two digits are one number: no hour and no list has five parts that begin so.
_PAIRS = re.compile(r"(?<![\d:])0\d(?: ?[:\n\t] ?\d{2}){4}(?!:?\d)")
# « O6 12 34 56 78 »: a letter for the nought that looks like it.
_LETTER = re.compile(r"(?<!\w)[Oo](?=[1-79](?:[ .-]?\d){8}(?!\d))")
# Overseas regions by the beginnings of their numbers: the library takes some for mainland France, some for none.
_OVERSEAS = {"262": "262", "263": "262", "269": "262", "639": "262", "692": "262", "693": "262", "590": "590", "690": "590",
             "691": "590", "594": "594", "694": "594", "596": "596", "696": "596", "697": "596"}  # fmt: skip
_NINE = re.compile(r"\+33\d{9}")
_FICTION = "63998"  # 06 39 98 is kept for fiction in mainland France
# A mobile without its nought, alone: « 6 12 34 56 78 ».
_WITHOUT_NOUGHT = re.compile(r"\D*([67](?:[ .-]?\d){8})\D*")
_DATE = re.compile(r"(?<![\d/.-])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2})(?![/.-]?\d)"
                   r"(?:(?:[T ,]|,? à )\d{1,2}(?:[:h]\d{2}){0,2}(?!\d))?")


def mask(text: str) -> str:
    """The same text without numbers and addresses; years, amounts, diplomas and post codes stay."""
    if "@" in text:
        text = _EMAIL.sub(EMAIL_MASK, text)
    if sum(character.isdigit() for character in text) < 8 and not _LETTER.search(text):
        return text
    return _mask_phones(text)


def _plain_digits(text: str) -> str:
    """The same text, place by place, without dates and with plain spaces between digits."""
    text = _DATE.sub(lambda found: re.sub(r"\d", "x", found[0]), text)
    text = _PAIRS.sub(lambda found: re.sub(r"[:\n\t]", " ", found[0]), _LETTER.sub("0", text))
    return _SEPARATORS.sub(lambda found: " " * len(found[0]), text)


def _mask_phones(text: str) -> str:
    for region in REGIONS:
        for match in reversed(list(phonenumbers.PhoneNumberMatcher(_plain_digits(text), region))):
            text = text[: match.start] + PHONE_MASK + text[match.end:]
    for found in (_FRENCH, _LONG_NUMBER):
        for place in reversed(list(found.finditer(_plain_digits(text)))):
            text = text[: place.start()] + PHONE_MASK + text[place.end():]
    return text


def read_phone(text: str) -> str | None:
    """The telephone number a person gives, in E.164, when it is a possible French or foreign subscriber's number; else None."""
    text = re.sub(r"  +", " ", _plain_digits(text))
    for region in REGIONS:
        for match in phonenumbers.PhoneNumberMatcher(text, region):
            if phonenumbers.number_type(match.number) not in _NOT_A_PERSON:
                number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
                return _in_full(number[3:]) if _NINE.fullmatch(number) else number
    # New French ranges are in use before the library knows them, and numbers kept for fiction never get into it.
    french = _FRENCH.search(text) or _WITHOUT_NOUGHT.fullmatch(text)
    return _in_full(re.sub(r"\D", "", french[1])) if french else None


def _in_full(nine: str) -> str:
    """Nine digits with the code of the region whose they are."""
    code = "33" if nine.startswith(_FICTION) else _OVERSEAS.get(nine[:3], "33")
    return f"+{code}{nine}"


def speak_phone(e164: str) -> str:
    """The number as people write it: « 02 31 00 00 00 » in France, international elsewhere; nothing of a meeting without one."""
    if not e164:
        return ""
    number = phonenumbers.parse(e164, None)
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if number.country_code == 33 else form.INTERNATIONAL)


def is_in(e164: str, regions: str) -> bool:
    """True when the number belongs to one of these regions (« FR,RE »); a French range newer than the library counts as FR."""
    wanted = {region.strip().upper() for region in regions.split(",") if region.strip()}
    if "FR" in wanted and _FRENCH_MOBILE.fullmatch(e164):
        return True
    return phonenumbers.region_code_for_number(phonenumbers.parse(e164, None)) in wanted


def is_mobile(e164: str) -> bool:
    """True when the number may receive SMS."""
    if _FRENCH_MOBILE.fullmatch(e164):
        return True
    kind = phonenumbers.number_type(phonenumbers.parse(e164, None))
    return kind in {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


# Calling these back would cost money or reach a machine.
_NOT_A_PERSON = {phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.SHARED_COST,
                 phonenumbers.PhoneNumberType.TOLL_FREE, phonenumbers.PhoneNumberType.UAN}
