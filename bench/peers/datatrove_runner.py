"""datatrove's InferenceRunner, with checkpoints when CHECKPOINTS is set in the environment."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from datatrove.data import Document
from datatrove.pipeline.inference.run_inference import InferenceConfig, InferenceRunner
from datatrove.pipeline.inference.types import InferenceResult
from datatrove.pipeline.writers import JsonlWriter
from loguru import logger

from work import MODEL, Work, measure

CHECKPOINTS = "checkpoints" if os.environ.get("CHECKPOINTS") else None


async def ask(document: Document, generate: Callable[[dict], Awaitable[InferenceResult]]) -> InferenceResult:
    return await generate({"messages": [{"role": "user", "content": document.text}]})


def run(work: Work) -> int:
    runner = InferenceRunner(
        rollout_fn=ask,
        config=InferenceConfig(
            server_type="endpoint",
            # datatrove puts the version into the path itself.
            endpoint_url=work.url.removesuffix("/v1"),
            model_name_or_path=MODEL,
            default_generation_params={"temperature": work.temperature, "max_tokens": work.max_tokens},
            max_concurrent_generations=work.in_flight,
        ),
        output_writer=JsonlWriter("replies", output_filename="${rank}_chunk_${chunk_index}.jsonl", compression=None),
        checkpoints_local_dir=CHECKPOINTS,
    )
    runner.run(Document(text=prompt, id=str(number)) for number, prompt in enumerate(work.prompts))
    return sum(len(file.read_text().splitlines()) for file in Path("replies").glob("*.jsonl"))


if __name__ == "__main__":
    logger.remove()
    given = Work.from_command_line()
    measure(given, lambda: run(given))
