"""A plain aiohttp loop: as many workers as calls in flight, each reply parsed and written as a line."""

import asyncio
import json
from collections.abc import Iterator
from typing import TextIO

import aiohttp

from work import MODEL, Work, measure


async def ask_on(work: Work, prompts: Iterator[str], session: aiohttp.ClientSession, replies: TextIO) -> int:
    answered = 0
    for prompt in prompts:
        body = {
            "model": MODEL,
            "messages": [{"role": "user", "content": prompt}],
            "temperature": work.temperature,
            "max_tokens": work.max_tokens,
        }
        async with session.post(f"{work.url}/chat/completions", json=body) as response:
            response.raise_for_status()
            reply = await response.json()
        replies.write(json.dumps(reply["choices"][0]["message"]["content"]) + "\n")
        answered += 1
    return answered


async def ask_all(work: Work) -> int:
    prompts = iter(work.prompts)
    connector = aiohttp.TCPConnector(limit=work.in_flight)
    with open("replies.jsonl", "w") as replies:
        async with aiohttp.ClientSession(connector=connector) as session:
            return sum(await asyncio.gather(*(ask_on(work, prompts, session, replies) for _ in range(work.in_flight))))


if __name__ == "__main__":
    given = Work.from_command_line()
    measure(given, lambda: asyncio.run(ask_all(given)))
