"""What FROM says about an image."""

from __future__ import annotations

import pytest

from pinhook import dockerfile
from pinhook.fix.image.by_instruction import images_by_instruction
from pinhook.source import Source

LINUX = "x86_64-unknown-linux-gnu"


@pytest.mark.parametrize(
    ("name", "python"),
    [
        ("python:3.12", "3.12"),
        ("python:3.12-slim", "3.12"),
        ("python:3.12.4-slim-bookworm", "3.12.4"),
        ("python:2.7", "2.7"),
        ("docker.io/library/python:3.9", "3.9"),
        ("registry.example.org:5000/python:3.9@sha256:00", "3.9"),
        ("lambda/python:3.11", "3.11"),
        ("devcontainers/python:1-3.12-bookworm", "3.12"),
        ("functions/python:4-python3.10", "3.10"),
        ("uv:python3.12-bookworm-slim", "3.12"),
        ("uv:0.5-python3.12-alpine", "3.12"),
        ("tools:2.1-py3.8", "3.8"),
        ("tools:latest-py-3.8.1", "3.8.1"),
        ("python", ""),
        ("python:3", ""),
        ("python:latest", ""),
        ("python:slim", ""),
        ("python:3.12rc1", "3.12"),
        ("python@sha256:3.12", ""),
        ("pypy:3.10", ""),
        ("ubuntu:22.04", ""),
        ("tools:23.10-py3", ""),
        ("tools:3.12", ""),
        ("scratch", ""),
        ("$BASE", ""),
        ("python:$V", ""),
        ("python:${W:-3.13}", "3.13"),
        ("python:$U", "3.11"),
    ],
)
def test_python(name: str, python: str) -> None:
    parsed = dockerfile.parse(Source("Dockerfile", f"ARG V\nARG U=3.11\nFROM {name}\nRUN x"))
    assert [image.python for image in images_by_instruction(parsed)][-2:] == [python, python]


@pytest.mark.parametrize(
    ("line", "platform"),
    [
        ("FROM python:3.12", LINUX),
        ("FROM python:3.12-alpine", "x86_64-unknown-linux-musl"),
        ("FROM python:3.12-alpine3.20", "x86_64-unknown-linux-musl"),
        ("FROM alpine:3.20", "x86_64-unknown-linux-musl"),
        ("FROM --platform=linux/arm64 python:3.12", "aarch64-unknown-linux-gnu"),
        ("FROM --platform=linux/arm64/v8 python:3.12", "aarch64-unknown-linux-gnu"),
        ("FROM --platform=linux/amd64/v2 python:3.12", LINUX),
        ("FROM --platform=linux/arm/v7 python:3.12", ""),
        ("FROM --platform=linux/arm/v6 python:3.12-alpine", ""),
        ("FROM --platform=linux/386 python:3.12", ""),
        ("FROM --platform=linux/s390x python:3.12", ""),
        ("FROM --platform=linux/ppc64le python:3.12", ""),
        ("FROM --platform=linux/riscv64 python:3.12", ""),
        ("FROM --platform=freebsd/amd64 python:3.12", ""),
        ("FROM arm64v8/python:3.12", "aarch64-unknown-linux-gnu"),
        ("FROM docker.io/arm64v8/python:3.12-alpine", "aarch64-unknown-linux-musl"),
        ("FROM amd64/python:3.12", LINUX),
        ("FROM arm32v7/python:3.12", ""),
        ("FROM i386/python:3.12", ""),
        ("FROM s390x/python:3.12", ""),
        ("FROM tools:3-aarch64", "aarch64-unknown-linux-gnu"),
        ("FROM tools:3.s390x", ""),
        ("FROM python:3.12-bookworm", "x86_64-manylinux_2_36"),
        ("FROM python:3.12-slim-bullseye", "x86_64-manylinux_2_31"),
        ("FROM python:3.13-slim-trixie", "x86_64-manylinux_2_40"),
        ("FROM --platform=linux/arm64 python:3.12-bookworm", "aarch64-manylinux_2_36"),
        ("FROM debian:12-slim", "x86_64-manylinux_2_36"),
        ("FROM debian:11.6", "x86_64-manylinux_2_31"),
        ("FROM uv:python3.12-bookworm-slim", "x86_64-manylinux_2_36"),
        ("FROM micromamba:2-debian12", "x86_64-manylinux_2_36"),
        ("FROM python:3.12-bookworms", LINUX),
        ("FROM mcr.example.org/windows/servercore:ltsc2022", "x86_64-pc-windows-msvc"),
        ("FROM --platform=windows/arm64 python:3.12", ""),
        ("FROM --platform=$BUILDPLATFORM python:3.12", LINUX),
        ("FROM python:3.12-windowsservercore", "x86_64-pc-windows-msvc"),
    ],
)
def test_platform(line: str, platform: str) -> None:
    assert images_by_instruction(dockerfile.parse(Source("Dockerfile", line)))[0].platform == platform


def test_stages() -> None:
    text = (
        "ARG V=3.9\nFROM python:$V AS Old\nARG V=3.8\nFROM python:3.12 AS new\nONBUILD RUN x\nFROM old\nRUN x\nFROM new"
    )
    found = images_by_instruction(dockerfile.parse(Source("Dockerfile", text)))
    assert [image.python for image in found] == ["", "3.9", "3.9", "3.12", "3.12", "3.9", "3.9", "3.12"]
