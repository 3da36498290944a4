"""huibao.toml -> typed settings; an unknown key or an impossible value is an error, not ignored."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from index.errors import SettingsError

FILE = "huibao.toml"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EmbeddingSettings(_Section):
    """What makes the vectors: `bundled`, `none`, or a sentence-transformers name or folder."""

    model: str = Field(default="bundled", min_length=1)
    device: str | None = None
    query_prefix: str | None = None
    passage_prefix: str | None = None


class SearchSettings(_Section):
    """An office's own synonyms file, and the cross-encoder that orders what was found."""

    synonyms: Path | None = None
    reranker: str | None = Field(default=None, min_length=1)
    reranker_device: str | None = None


class WebSettings(_Section):
    """Where the page listens; whether it masks identity, telephone and bank card numbers."""

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    mask: bool = True
    unmasked: tuple[Literal["reader", "editor", "admin"], ...] = ()
    """The roles that see those numbers as they are."""


class IngestSettings(_Section):
    """How many processes read files, by default one a core; whether marked secrets are kept."""

    workers: int | None = Field(default=None, ge=1, le=64)
    allow_secret: bool = False


class ModelSettings(_Section):
    """A language model: one that a server offers by `name`, or a GGUF file that we serve."""

    name: str | None = Field(default=None, min_length=1)
    provider: str = "openai"
    base_url: str | None = None
    api_key_env: str | None = None
    """The environment variable that holds the key: keys stand in no file."""
    gguf: Path | None = None
    timeout: float = Field(default=60.0, gt=0, le=3600)
    """Seconds for a whole answer."""
    context: int | None = Field(default=None, ge=1024)
    """Tokens; by default what the server says, else 4,096."""
    max_tokens: int = Field(default=800, ge=64, le=8192)
    passages: int = Field(default=8, ge=1, le=40)
    nli: Path | None = None
    """The folder of a cross-encoder that judges whether a sentence follows from its quotes."""

    @model_validator(mode="after")
    def _one_model(self) -> ModelSettings:
        if (self.name is None) == (self.gguf is None):
            raise ValueError("name 和 gguf 要写且只写一项")
        if self.name is not None and self.provider == "openai" and not self.base_url:
            # Without it the client would send the reports to a server abroad.
            raise ValueError("provider 为 openai 时要写明 base_url")
        return self


class AuditSettings(_Section):
    """Whether who did what is kept in the archive folder, answers with their prompts included.

    None: where there are users.
    """

    keep: bool | None = None


class LedgerSettings(_Section):
    """An office's own file of canonical indicators, beside the built-in ones."""

    indicators: Path | None = None


class DraftSettings(_Section):
    """The folder of an office's own outlines, a .txt file each, named by `--outline`."""

    outlines: Path | None = None


class Settings(_Section):
    """All sections of huibao.toml."""

    embedding: EmbeddingSettings = EmbeddingSettings()
    search: SearchSettings = SearchSettings()
    web: WebSettings = WebSettings()
    ingest: IngestSettings = IngestSettings()
    model: ModelSettings | None = None
    audit: AuditSettings = AuditSettings()
    ledger: LedgerSettings = LedgerSettings()
    draft: DraftSettings = DraftSettings()


def load_settings(path: Path | None = None) -> Settings:
    """Read `path`, or HUIBAO_CONFIG, or ./huibao.toml where there is one; raises SettingsError."""
    given = path or (Path(found) if (found := os.environ.get("HUIBAO_CONFIG")) else None)
    if given is None:
        given = Path(FILE)
        if not given.is_file():
            return Settings()
    try:
        values = tomllib.loads(given.read_text("utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"读不到设置文件 {given}：{error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"设置文件 {given} 格式不对：{error}") from error
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        problems = "；".join(_problem(problem) for problem in error.errors())
        raise SettingsError(f"设置文件 {given}：{problems}") from error


def _problem(problem: object) -> str:
    assert isinstance(problem, dict)
    key = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"没有 {key} 这一项设置，请检查拼写"
    return f"{key} 的值不对（{problem['msg']}）"
