"""Settings from the environment, each named ``DIREKTKONTAKT_<NAME>``; `docs/operations.md` explains them."""

from __future__ import annotations

from pydantic import SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """How this process serves. The defaults are the embedded form on this machine."""

    model_config = SettingsConfigDict(env_prefix="DIREKTKONTAKT_", extra="ignore")

    database_url: str = "sqlite+aiosqlite:///var/direktkontakt.db"
    redis_url: str | None = None
    """Bus between workers (redis:// or valkey on the same protocol); None: one process, bus in memory."""
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = "http://localhost:8000"
    """What links in mails begin with, and the only Origin that may write; https in production."""
    trusted_proxies: str = "127.0.0.1"
    """Comma-separated addresses whose X-Forwarded-For and -Proto are believed; `*` for a private network."""
    production: bool = False
    demo: bool = False
    """The demo world with one-click sign-in; refused together with `production`."""
    demo_cast_secret: SecretStr | None = None
    """Lets the simulated participants' process ask for its sign-ins; demo only."""
    smtp_url: SecretStr | None = None
    """smtp://user:password@host:port or smtps://…; None: the development mailbox page."""
    mail_from: str = "Direktkontakt <no-reply@direktkontakt.example>"
    turn_urls: str = ""
    """Comma-separated turn: and turns: addresses of coturn; empty: peers connect directly."""
    turn_secret: SecretStr | None = None
    log_json: bool = False
    relay: bool = True
    """Whether this process also delivers the outbox and moves meetings on when their time comes."""
    web_root: str = "frontend/dist"

    @model_validator(mode="after")
    def _consistent(self) -> Settings:
        if self.production and self.demo:
            raise ValueError("DIREKTKONTAKT_DEMO cannot be switched on in production: it lets anybody in")
        if self.production and not self.public_url.startswith("https://"):
            raise ValueError("DIREKTKONTAKT_PUBLIC_URL must begin with https:// in production")
        if self.production and self.smtp_url is None:
            raise ValueError("DIREKTKONTAKT_SMTP_URL is needed in production: the development mailbox is public")
        if self.turn_urls and self.turn_secret is None:
            raise ValueError("DIREKTKONTAKT_TURN_SECRET is needed with DIREKTKONTAKT_TURN_URLS")
        return self

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def serves_https(self) -> bool:
        return self.public_url.startswith("https://")
