"""Bespoke Curator's LLM over its OpenAI backend; what it keeps of requests and replies goes into its working folder."""

import importlib.metadata
import os

# Curator counts tokens; litellm ships the table for it, which is downloaded otherwise.
TOKENIZERS = importlib.metadata.distribution("litellm").locate_file("litellm/litellm_core_utils/tokenizers")
os.environ.update(
    TELEMETRY_ENABLED="false",
    CURATOR_DISABLE_RICH_DISPLAY="1",
    CURATOR_VIEWER="0",
    LITELLM_LOCAL_MODEL_COST_MAP="True",
    TIKTOKEN_CACHE_DIR=str(TOKENIZERS),
)

from bespokelabs import curator  # noqa: E402: reads the environment when it is imported

from work import MODEL, Work, measure  # noqa: E402

UNLIMITED = 10**9


def run(work: Work) -> int:
    llm = curator.LLM(
        model_name=MODEL,
        backend="openai",
        generation_params={"temperature": work.temperature, "max_tokens": work.max_tokens},
        backend_params={
            "base_url": work.url,
            "api_key": "none",
            "max_concurrent_requests": work.in_flight,
            "max_requests_per_minute": UNLIMITED,
            "max_tokens_per_minute": UNLIMITED,
        },
    )
    return len(llm(work.prompts, working_dir="curator").dataset)


if __name__ == "__main__":
    given = Work.from_command_line()
    measure(given, lambda: run(given))
