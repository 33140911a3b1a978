"""Settings → the options by which each Kafka client connects."""

import ssl
from typing import Any

from schemas.errors import ConfigurationError
from streams.errors import BrokerUnreachableError
from streams.settings import Settings


def tls_context(settings: Settings) -> ssl.SSLContext | None:
    """Build the TLS context that the settings call for, or None without TLS.

    Raises:
        ConfigurationError: A certificate or key file cannot be read; the detail names the setting.
    """
    if "SSL" not in settings.security_protocol.split("_"):
        return None
    try:
        context = ssl.create_default_context(
            cafile=str(settings.tls_ca_file) if settings.tls_ca_file else None
        )
    except OSError as error:
        raise ConfigurationError(f"tls_ca_file: {settings.tls_ca_file}: {error}") from error
    if settings.tls_certificate_file:
        password = settings.tls_key_password.get_secret_value() if settings.tls_key_password else None
        try:
            context.load_cert_chain(
                settings.tls_certificate_file, settings.tls_key_file, password=password or ""
            )
        except OSError as error:
            raise ConfigurationError(
                f"tls_certificate_file, tls_key_file: {settings.tls_certificate_file}: {error}"
            ) from error
    return context


def kafka_python_options(settings: Settings) -> dict[str, Any]:
    """Give the connection options of kafka-python's clients."""
    options: dict[str, Any] = {
        "bootstrap_servers": settings.bootstrap_servers.split(","),
        "security_protocol": settings.security_protocol,
        "bootstrap_timeout_ms": int(settings.connect_timeout_seconds * 1000),
        "client_id": "teletipo",
        "ssl_context": tls_context(settings),
    }
    if settings.security_protocol.startswith("SASL"):
        options |= {
            "sasl_mechanism": settings.sasl_mechanism,
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": _password(settings),
        }
    return options


def aiokafka_options(settings: Settings) -> dict[str, Any]:
    """Give the connection options of aiokafka's clients."""
    options: dict[str, Any] = {
        "bootstrap_servers": settings.bootstrap_servers,
        "security_protocol": settings.security_protocol,
        "ssl_context": tls_context(settings),
    }
    if settings.security_protocol.startswith("SASL"):
        options |= {
            "sasl_mechanism": settings.sasl_mechanism,
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": _password(settings),
        }
    return options


def faust_credentials(settings: Settings) -> Any:
    """Give Faust's credentials, or None on a plain connection."""
    import faust

    context = tls_context(settings)
    if settings.security_protocol.startswith("SASL"):
        return faust.SASLCredentials(
            username=settings.sasl_username,
            password=_password(settings),
            mechanism=settings.sasl_mechanism,
            ssl_context=context,
        )
    return faust.SSLCredentials(context=context) if context else None


def broker_url(settings: Settings) -> str:
    """Give the brokers as Faust writes them."""
    return ";".join(f"kafka://{server.strip()}" for server in settings.bootstrap_servers.split(","))


def explain_failure(settings: Settings, error: BaseException) -> BrokerUnreachableError:
    """Say what a client means that could not start though a port is open."""
    causes = ["the broker is still starting"]
    if settings.security_protocol.startswith("SASL"):
        causes.append("the login is refused (sasl_username, sasl_password, sasl_mechanism)")
    if "SSL" in settings.security_protocol.split("_"):
        causes.append("the certificate is not accepted (tls_ca_file, tls_certificate_file)")
        causes.append("the port speaks no TLS (security_protocol)")
    if settings.security_protocol == "PLAINTEXT":
        causes.append("the port speaks TLS or wants a login (security_protocol)")
    return BrokerUnreachableError(
        f"{settings.bootstrap_servers} is open, but gives no answer over {settings.security_protocol}: "
        f"{', or '.join(causes)} ({type(error).__name__})"
    )


class _Secret(str):
    """A password as clients take it, which hides when it is shown: they log all their options at debug."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'**********'"


def _password(settings: Settings) -> str | None:
    return _Secret(settings.sasl_password.get_secret_value()) if settings.sasl_password else None
