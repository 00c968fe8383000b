"""What is worked on: topics, drawn and put into words. Two wordings of one topic share few characters, as in life."""

from __future__ import annotations

import random

from ingest.sample.city import Topic
from ingest.sample.distribution import pools

HERO_TOPIC = Topic("高端装备", "轻量化", "焊接")


def draw_topic(random_numbers: random.Random, field: str, subject: str = "") -> Topic:
    """A topic of the field, of one subject if that is given."""
    words = pools().fields[field]
    return Topic(field, subject or random_numbers.choice(words.objects)[0], random_numbers.choice(words.aspects)[0])


def niche_topic(random_numbers: random.Random, field: str) -> Topic:
    """A topic that no expert of the city works on."""
    words = pools().fields[field]
    return Topic(field, words.niche[0], random_numbers.choice(words.aspects)[0])


def worded(random_numbers: random.Random, topic: Topic) -> str:
    """The topic in one of its four wordings."""
    words = pools().fields[topic.field]
    subjects = next(pair for pair in (*words.objects, words.niche) if pair[0] == topic.subject)
    aspects = next(pair for pair in words.aspects if pair[0] == topic.aspect)
    return random_numbers.choice(subjects) + random_numbers.choice(aspects)
