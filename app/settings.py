"""huibao.toml -> typed settings; an unknown key or an impossible value is an error, not ignored."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

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
    """Where the page listens."""

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)


class IngestSettings(_Section):
    """How many processes read files, by default one a core; whether marked secrets are kept."""

    workers: int | None = Field(default=None, ge=1, le=64)
    allow_secret: bool = False


class Settings(_Section):
    """All sections of huibao.toml."""

    embedding: EmbeddingSettings = EmbeddingSettings()
    search: SearchSettings = SearchSettings()
    web: WebSettings = WebSettings()
    ingest: IngestSettings = IngestSettings()


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
        raise SettingsError(f"读不到设置文件 {given}:{error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"设置文件 {given} 格式不对:{error}") from error
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        problems = ";".join(_problem(problem) for problem in error.errors())
        raise SettingsError(f"设置文件 {given}:{problems}") from error


def _problem(problem: object) -> str:
    assert isinstance(problem, dict)
    key = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"没有 {key} 这一项设置,请检查拼写"
    return f"{key} 的值不对({problem['msg']})"
