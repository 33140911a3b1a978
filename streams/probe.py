"""One connection to a broker, made on purpose to see whether and why it fails: the clients hide the cause.

A client that cannot log in, or that does not know the authority, tries until its time-out and then
says that there is no broker. Here the same handshakes are done once, and the answer has a name.
"""

import asyncio
import contextlib
import os
import socket
import ssl
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from schemas.errors import ConfigurationError, TeletipoError
from streams.connection import aiokafka_options, explain_failure
from streams.errors import BrokerUnreachableError, CertificateError, LoginError
from streams.settings import Settings

_POLL_SECONDS: Final = 0.2


def check_connection(settings: Settings) -> None:
    """Connect to a broker as the clients will, log in, and hang up.

    Raises:
        BrokerUnreachableError: No address answers within `connect_timeout_seconds`.
        CertificateError: We do not accept the broker's certificate, or it not ours.
        LoginError: The broker refuses name, password or mechanism.
        ConfigurationError: An address has no port, or the port speaks another protocol.
    """
    deadline = time.monotonic() + settings.connect_timeout_seconds
    servers = [_address(server) for server in settings.bootstrap_servers.split(",")]
    while True:
        problem: TeletipoError | None = None
        for host, port in servers:
            left = max(0.5, (deadline - time.monotonic()) / len(servers))
            try:
                _run(_connect(settings, host, port, left))
            except BrokerUnreachableError as error:
                problem = error
            else:
                return
        assert problem is not None
        # A refused connection on this machine will not open by waiting; a start-up waits in the worker.
        if time.monotonic() + _POLL_SECONDS >= deadline or "refused" in problem.detail.lower():
            raise problem
        time.sleep(_POLL_SECONDS)


def _run(connecting: Coroutine[Any, Any, None]) -> None:
    """Run it to its end, also where a loop runs already: in a notebook, for one."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(connecting)
    else:
        with ThreadPoolExecutor(1) as aside:
            aside.submit(asyncio.run, connecting).result()


async def _connect(settings: Settings, host: str, port: int, timeout_seconds: float) -> None:
    from aiokafka.conn import create_conn

    options = aiokafka_options(settings)
    del options["bootstrap_servers"]
    with _named(settings, f"{host}:{port}"):
        async with asyncio.timeout(timeout_seconds):
            connection = await create_conn(
                host, port, request_timeout_ms=int(timeout_seconds * 1000), **options
            )
            connection.close()


@contextlib.contextmanager
def _named(settings: Settings, server: str) -> Iterator[None]:
    """Give what went wrong while connecting its name in our tree."""
    from aiokafka.errors import (
        AuthenticationFailedError,
        IllegalSaslStateError,
        KafkaError,
        SaslAuthenticationFailed,
        UnsupportedSaslMechanismError,
    )

    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise CertificateError(
            f"{server}: its certificate is not accepted: {error.verify_message}; "
            "tls_ca_file names the authority that signed it"
        ) from error
    except ssl.SSLError as error:
        raise _tls_problem(server, error) from error
    except (AuthenticationFailedError, SaslAuthenticationFailed) as error:
        raise LoginError(
            f"{server}: the login of {settings.sasl_username} by {settings.sasl_mechanism} is refused; "
            "are sasl_username and sasl_password right?"
        ) from error
    except (UnsupportedSaslMechanismError, IllegalSaslStateError) as error:
        raise LoginError(
            f"{server}: no login by {settings.sasl_mechanism} there; "
            "are security_protocol and sasl_mechanism right?"
        ) from error
    except (TimeoutError, KafkaError, EOFError, ConnectionResetError) as error:
        if isinstance(error.__cause__, ssl.SSLError):  # with TLS 1.3 the refusal comes after the handshake
            raise _tls_problem(server, error.__cause__) from error
        raise explain_failure(settings, error) from error
    except OSError as error:
        reason = f"{server}: {socket_reason(error)}"
        raise BrokerUnreachableError(
            f"no Kafka broker answers ({reason}); is it running (`teletipo broker start`), "
            "and is TELETIPO_BOOTSTRAP_SERVERS right?"
        ) from error


def socket_reason(error: OSError) -> str:
    """Say in words of the system why a connection could not be made."""
    if isinstance(error, socket.gaierror):
        return "no such host"
    # asyncio writes its own words in place of the system's.
    return os.strerror(error.errno) if error.errno else str(error)


def _tls_problem(server: str, error: ssl.SSLError) -> TeletipoError:
    reason = (error.reason or str(error)).lower().replace("_", " ")
    if any(word in reason for word in ("certificate", "alert", "unknown ca", "handshake failure")):
        return CertificateError(
            f"{server}: the broker does not accept our side of TLS ({reason}); "
            "it may want tls_certificate_file and tls_key_file"
        )
    return ConfigurationError(f"{server}: no TLS there ({reason}); is security_protocol right?")


def _address(server: str) -> tuple[str, int]:
    host, _, port = server.strip().rpartition(":")
    if not host or not port.isdigit():
        raise ConfigurationError(f"bootstrap_servers: {server.strip()!r} is not host:port")
    return host.strip("[]"), int(port)
