"""Amazon Bedrock's Converse API as a model; needs the extra `bedrock` (boto3)."""

from typing import Any

from index.config import Model as Settings
from index.errors import ConfigError
from index.model import Answer, ModelError


class Bedrock:
    """A model of Amazon Bedrock; `client` is boto3's `bedrock-runtime`."""

    def __init__(self, client: Any, model_id: str) -> None:
        self._client = client
        self._id = model_id

    @classmethod
    def connect(cls, settings: Settings) -> "Bedrock":
        """A client with the settings' region and time-outs; credentials as boto3 finds them.

        Raises ConfigError where boto3 is not installed.
        """
        try:
            import boto3
            from botocore.config import Config
        except ImportError as error:
            raise ConfigError(
                "needs the extra `bedrock`: pip install -e '.[bedrock]'", key="model.enabled"
            ) from error
        config = Config(
            connect_timeout=min(5.0, settings.timeout),
            read_timeout=settings.timeout,
            # One more try: a call that failed costs nothing.
            retries={"total_max_attempts": 2, "mode": "standard"},
        )
        client = boto3.client("bedrock-runtime", region_name=settings.region, config=config)
        return cls(client, settings.id)

    def answer(self, instruction: str, data: str, most: int) -> Answer:
        """One turn of Converse at temperature 0; raises ModelError with AWS's error code."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            found = self._client.converse(
                modelId=self._id,
                system=[{"text": instruction}],
                messages=[{"role": "user", "content": [{"text": data}]}],
                inferenceConfig={"maxTokens": most, "temperature": 0.0},
            )
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "unknown")
            raise ModelError(f"Bedrock refused: {code}") from error
        except BotoCoreError as error:
            raise ModelError(f"Bedrock did not answer: {type(error).__name__}") from error
        return _answer(found, len((instruction + data).encode()), most)


def _answer(found: Any, sent: int, most: int) -> Answer:
    """What was said; without figures of use the dearest that it can have been."""
    if found.get("stopReason") not in ("end_turn", "stop_sequence"):
        raise ModelError(f"Bedrock stopped early: {found.get('stopReason')}")
    parts = found.get("output", {}).get("message", {}).get("content", [])
    use = found.get("usage", {})
    text = "\n".join(part["text"] for part in parts if "text" in part)
    return Answer(text, use.get("inputTokens", sent), use.get("outputTokens", most))
