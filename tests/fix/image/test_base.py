"""The data in the name of an image: its Python, its system, and the reasons that make a fix unsafe."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pinhook.fix.image.base import ImageSettings, base_of
from pinhook.fix.image.python import Evidence, Python, UnknownPython
from tests.fix.image.said import said

# name | Python and evidence, or why it is not known | system | clauses that make a fix unsafe
CASES = """
# official tags: three numbers are exact, with or without a digest
python:3.12.4 | Python 3.12.4 of {} |  |
python:3.12.4-slim-bookworm | Python 3.12.4 of {} | debian:12 |
python:3.12.4-windowsservercore-ltsc2022 | Python 3.12.4 of {} |  |
python:3.8.5-alpine3.12 | Python 3.8.5 of {} | alpine:3.12 |
python:3.14.6-slim@sha256:0123456789abcdef0123 | Python 3.14.6 of {} |  |
# the last patch of a series that has ended
python:2.7 | Python 2.7.18 of {} |  |
python:2.7-slim | Python 2.7.18 of {} |  |
python:2.7-jessie | Python 2.7.16 of {} | debian:8 |
python:2.7-alpine3.9 | Python 2.7.17 of {} | alpine:3.9 |
python:2.7-alpine3.4 | Python 2.7.15 of {} | alpine:3.4 |
python:3.5 | Python 3.5.10 of {} |  |
python:3.5-alpine3.10 | Python 3.5.9 of {} | alpine:3.10 |
python:3.5-jessie | Python 3.5.7 of {} | debian:8 |
python:3.6 | Python 3.6.15 of {} |  |
python:3.6-slim-buster | Python 3.6.15 of {} | debian:10 |
python:3.6-stretch | Python 3.6.14 of {} | debian:9 |
python:3.6-alpine3.11 | Python 3.6.12 of {} | alpine:3.11 |
python:3.7 | Python 3.7.17 of {} |  |
python:3.7-slim | Python 3.7.17 of {} |  |
python:3.7-slim-stretch | Python 3.7.11 of {} | debian:9 |
python:3.7-alpine | Python 3.7.17 of {} |  |
python:3.7-alpine3.7 | Python 3.7.2 of {} | alpine:3.7 |
python:3.8 | Python 3.8.20 of {} |  |
python:3.8-buster | Python 3.8.17 of {} | debian:10 |
python:3.8-slim-buster | Python 3.8.17 of {} | debian:10 |
python:3.8-bookworm | Python 3.8.20 of {} | debian:12 |
python:3.8-alpine3.11 | Python 3.8.7 of {} | alpine:3.11 |
python:3.9 | Python 3.9.25 of {} |  |
python:3.9-slim | Python 3.9.25 of {} |  |
python:3.9-bullseye | Python 3.9.23 of {} | debian:11 |
python:3.9-slim-bullseye | Python 3.9.23 of {} | debian:11 |
python:3.9-buster | Python 3.9.17 of {} | debian:10 |
python:3.9-alpine3.12 | Python 3.9.5 of {} | alpine:3.12 |
python:3.9-bookworm | Python 3.9.25 of {} | debian:12 |
# a series that is still built, and its variants that are not
python:3.10 | Python 3.10.21 or later of {} |  |
python:3.10-slim-trixie | Python 3.10.21 or later of {} | debian:13 |
python:3.10-bullseye | Python 3.10.18 of {} | debian:11 |
python:3.10-alpine3.13 | Python 3.10.0 of {} | alpine:3.13 |
python:3.11-slim | Python 3.11.16 or later of {} |  |
python:3.11-buster | Python 3.11.4 of {} | debian:10 |
python:3.11-alpine3.22 | Python 3.11.15 of {} | alpine:3.22 |
python:3.12-alpine | Python 3.12.14 or later of {} |  |
python:3.12-slim-bullseye | Python 3.12.11 of {} | debian:11 |
python:3.13 | Python 3.13.15 or later of {} |  |
python:3.13-alpine3.19 | Python 3.13.1 of {} | alpine:3.19 |
python:3.14-slim | Python 3.14.7 or later of {} |  |
python:3.14-alpine3.21 | Python 3.14.1 of {} | alpine:3.21 |
# series without a row, pre-releases, what is no tag
python:3.15 | Python 3.15 of {} |  |
python:3.4 | Python 3.4 of {} |  |
python:3.15.0rc1-slim | Python 3.15.0 of {} |  | {} is a pre-release
python:3.15-rc | {} is a pre-release that changes |  |
python:3.12rc1 | {} is a pre-release that changes |  |
python:3.9-windowsservercore | Python 3.9 of {} |  |
python:3.6-onbuild | Python 3.6 of {} |  |
python:nonsense | the tag of {} names no version of Python |  |
python:3.12@sha256:0123456789abcdef0123 | Python 3.12 of {} |  |
python@sha256:0123456789abcdef0123 | the digest of {}@sha256:0123456789ab names no version of Python |  |
python:3@sha256:0123456789abcdef0123 | the digest of {}@sha256:0123456789ab names no version of Python |  |
# floating tags, and those that have stopped
python | Python 3.14.7 or later of {} |  | {} was 3.14 on 2026-08-21
python:3 | Python 3.14.7 or later of {} |  | {} was 3.14 on 2026-08-21
python:latest | Python 3.14.7 or later of {} |  | {} was 3.14 on 2026-08-21
python:slim | Python 3.14.7 or later of {} |  | {} was 3.14 on 2026-08-21
python:3-slim-bookworm | Python 3.14.7 or later of {} | debian:12 | {} was 3.14 on 2026-08-21
python:3-alpine | Python 3.14.7 or later of {} |  | {} was 3.14 on 2026-08-21
python:3-alpine3.23 | Python 3.14.7 or later of {} | alpine:3.23 | {} was 3.14 on 2026-08-21
python:3-alpine3.22 | Python 3.14.5 of {} | alpine:3.22 |
python:alpine3.18 | Python 3.12.3 of {} | alpine:3.18 |
python:3-bullseye | Python 3.13.6 of {} | debian:11 |
python:slim-buster | Python 3.11.4 of {} | debian:10 |
python:3-stretch | Python 3.7.4 of {} | debian:9 |
python:jessie | Python 3.6.6 of {} | debian:8 |
python:2 | Python 2.7.18 of {} |  |
python:2-alpine | Python 2.7.18 of {} |  |
# the same under other names, and what only looks like it
docker.io/python:3.9 | Python 3.9.25 of {} |  |
docker.io/library/python:3.9 | Python 3.9.25 of {} |  |
index.docker.io/library/python:3.9-slim | Python 3.9.25 of {} |  |
mirror.gcr.io/library/python:3.9 | Python 3.9.25 of {} |  |
public.ecr.aws/docker/library/python:3.9 | Python 3.9.25 of {} |  |
arm64v8/python:3.9 | Python 3.9.25 of {} |  |
docker.io/arm32v7/python:3.9 | Python 3.9.25 of {} |  |
library/python:3.9 | Python 3.9.25 of {} |  |
mycompany/python:3.9 | Python 3.9 of {} |  | {} is not the official image; {} may have packages of its own
registry.example.org:5000/python:3.9 | Python 3.9 of {} |  | {} is not the official image; {} may have packages of its own
registry.example.org/library/python:3.9 | Python 3.9 of {} |  | {} is not the official image; {} may have packages of its own
mycompany/python:3 | the Python of {} is not known |  |
mycompany/python:latest | the Python of {} is not known |  |
mycompany/python:1-3.12 | Python 3.12 of {} |  | {} is not the official image; {} may have packages of its own
localhost/python:3.12 | Python 3.12 of {} |  | {} is not the official image; {} may have packages of its own
bitnami/python:3.12 | Python 3.12 of {} |  | {} is not the official image; {} may have packages of its own
pypy:3.10 | the Python of {} is not known |  |
python-dev:3.10 | the Python of {} is not known |  |
# a version in name or tag
ghcr.io/astral-sh/uv:python3.12-bookworm-slim | Python 3.12 of {} |  |
ghcr.io/astral-sh/uv:0.12-python3.12-alpine | Python 3.12 of {} |  |
quay.io/jupyter/scipy-notebook:python-3.13.14 | Python 3.13.14 of {} |  | {} has packages of its own
quay.io/jupyter/base-notebook:latest | Python 3.13 of {} |  | {} was 3.13 on 2026-08-08; {} has packages of its own
jupyter/base-notebook:b4dd11e16ae4 | {} has a Python that changes, and the tag names none |  | {} has packages of its own
rocm/pytorch:rocm6.2_ubuntu22.04_py3.12_pytorch_2.3.0 | Python 3.12 of {} |  | {} may have packages of its own
tensorflow/build:2.12-python3.9 | Python 3.9 of {} |  | {} may have packages of its own
tools:2.1-py3.8 | Python 3.8 of {} |  | {} may have packages of its own
tools:latest-py-3.8.1 | Python 3.8.1 of {} |  | {} may have packages of its own
pytorch-training:1.13-gpu-py310-cu118-ubuntu20.04-sagemaker | Python 3.10 of {} |  | {} may have packages of its own
rayproject/ray:2.49.1-py312 | Python 3.12 of {} |  | {} has packages of its own
acpt:acpt-pytorch-1.11-py38-cuda11.3-gpu | Python 3.8 of {} |  | {} may have packages of its own
tf2-gpu.2-12.py310 | Python 3.10 of {} |  | {} may have packages of its own
launcher:PY311-2024-12-01 | Python 3.11 of {} |  | {} may have packages of its own
mcr.microsoft.com/azureml/minimal-py312-inference:latest | Python 3.12 of {} |  | {} may have packages of its own
apache/beam_python3.9_sdk:2.40.0 | Python 3.9 of {} |  | {} may have packages of its own
gcr.io/templates/python38-template-launcher-base | Python 3.8 of {} |  | {} may have packages of its own
quay.io/sclorg/python-312-c9s | Python 3.12 of {} |  |
registry.access.redhat.com/ubi9/python-311:latest | Python 3.11 of {} | el:9 |
wheels:cp312 | Python 3.12 of {} |  | {} may have packages of its own
wheels:cp313t | the Python of {} is not known |  |
tools:pypy39 | the Python of {} is not known |  |
tools:23.10-py3 | the Python of {} is not known |  |
tools:py3.12-cp311 | {} names several versions of Python: 3.12 and 3.11 |  |
tools:cuda12.4 | the Python of {} is not known |  |
tools:3.12 | the Python of {} is not known |  |
public.ecr.aws/lambda/python:3.13 | Python 3.13 of {} |  |
public.ecr.aws/lambda/python:3.12.2024.05.01.10-arm64 | Python 3.12 of {} |  |
mcr.microsoft.com/devcontainers/python:1-3.12-bookworm | Python 3.12 of {} |  |
mcr.microsoft.com/devcontainers/python:3.11 | Python 3.11 of {} |  |
# images with a Python of their own
nvcr.io/nvidia/pytorch:20.10-py3 | Python 3.6 of {} |  | {} has packages of its own
nvcr.io/nvidia/pytorch:20.11-py3 | the Python of {} is not known |  | {} has packages of its own
nvcr.io/nvidia/pytorch:20.12-py3 | the Python of {} is not known |  | {} has packages of its own
nvcr.io/nvidia/pytorch:21.01-py3 | Python 3.8 of {} |  | {} has packages of its own
nvcr.io/nvidia/pytorch:23.04-py3 | Python 3.8 of {} |  | {} has packages of its own
nvcr.io/nvidia/pytorch:23.05-py3 | Python 3.10 of {} |  | {} has packages of its own
nvcr.io/nvidia/pytorch:24.10-py3 | Python 3.10 of {} |  | {} has packages of its own
nvcr.io/nvidia/pytorch:24.11-py3-igpu | Python 3.12 of {} |  | {} has packages of its own
nvcr.io/nvidia/pytorch:25.02-py3 | Python 3.12 of {} |  | {} has packages of its own
nvcr.io/nvidia/pytorch:25.03-py3 | Python 3.12 of {} |  | {} has packages of its own; {} has constraints of its own
nvcr.io/nvidia/pytorch:26.07-py3 | Python 3.12 of {} |  | {} has packages of its own; {} has constraints of its own
nvcr.io/nvidia/pytorch:26.08-py3 | the Python of {} is not known |  | {} has packages of its own
nvcr.io/nvidia/tensorflow:22.10-tf2-py3 | Python 3.8 of {} |  | {} has packages of its own
nvcr.io/nvidia/tensorflow:22.12-tf2-py3 | Python 3.8 of {} |  | {} has packages of its own
nvcr.io/nvidia/tensorflow:19.03-py3 | Python 3.5 of {} |  | {} has packages of its own
nvcr.io/nvidia/tritonserver:23.04-py3 | the Python of {} is not known |  | {} has packages of its own
nvcr.io/nvidia/tritonserver:24.04-py3 | Python 3.10 of {} |  | {} has packages of its own
nvcr.io/nvidia/tritonserver:24.11-vllm-python-py3 | Python 3.12 of {} |  | {} has packages of its own
nvcr.io/nvidia/tritonserver:24.11-trtllm-python-py3 | Python 3.10 of {} |  | {} has packages of its own
nvcr.io/nvidia/tritonserver:24.12-trtllm-python-py3 | Python 3.12 of {} |  | {} has packages of its own
nvcr.io/nvidia/tritonserver:24.12-py3-min | the Python of {} is not known |  | {} has packages of its own
nvcr.io/nvidia/nemo:25.04 | Python 3.12 of {} |  | {} has packages of its own
nvcr.io/nvidia/nemo:25.07 | the Python of {} is not known |  | {} has packages of its own
gcr.io/oss-fuzz-base/base-builder | Python 3.11.13 of {} |  | {} was 3.11 on 2026-08-20
gcr.io/oss-fuzz-base/base-builder-python:ubuntu-24-04 | Python 3.11.13 of {} |  | {} was 3.11 on 2026-08-20
gcr.io/oss-fuzz-base/base-builder:v1 | the Python of {} is not known |  |
gcr.io/oss-fuzz-base/base-builder@sha256:0123456789abcdef0123 | the Python of {}@sha256:0123456789ab is not known |  |
gcr.io/oss-fuzz-base/base-runner | Python 3.11.13 of {} |  | {} was 3.11 on 2026-08-20; {} has packages of its own
pytorch/pytorch:1.8.1-cuda11.1-cudnn8-runtime | Python 3.8 of {} |  | {} has packages of its own
pytorch/pytorch:1.8.1-cuda10.2-cudnn7-devel | Python 3.7 of {} |  | {} has packages of its own
pytorch/pytorch:1.9.0-cuda10.2-cudnn7-runtime | Python 3.7 of {} |  | {} has packages of its own
pytorch/pytorch:1.11.0-cuda11.3-cudnn8-devel | Python 3.8 of {} |  | {} has packages of its own
pytorch/pytorch:1.12.1-cuda11.3-cudnn8-runtime | Python 3.7 of {} |  | {} has packages of its own
pytorch/pytorch:1.13.1-cuda11.6-cudnn8-runtime | Python 3.10 of {} |  | {} has packages of its own
pytorch/pytorch:2.3.0-cuda12.1-cudnn8-runtime | Python 3.10 of {} |  | {} has packages of its own
pytorch/pytorch:2.4.0-cuda12.1-cudnn9-runtime | Python 3.11 of {} |  | {} has packages of its own
pytorch/pytorch:2.5.1-cuda12.1-cudnn9-devel | Python 3.11 of {} |  | {} has packages of its own
pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime | Python 3.11 of {} |  | {} has packages of its own
pytorch/pytorch | the Python of {} is not known |  | {} has packages of its own
mirror/pytorch:2.3.0-cuda12.1-cudnn8-runtime | the Python of {} is not known |  |
docker.1ms.run/pytorch/pytorch:2.3.0-cuda12.1-cudnn8-runtime | Python 3.10 of {} |  | {} has packages of its own
tensorflow/tensorflow:1.12.0-gpu | Python 2.7 of {} | ubuntu:16.04 | {} has packages of its own
tensorflow/tensorflow:1.12.0-py3 | Python 3.5 of {} | ubuntu:16.04 | {} has packages of its own
tensorflow/tensorflow:1.15.0 | Python 2.7 of {} | ubuntu:18.04 | {} has packages of its own
tensorflow/tensorflow:2.11.0 | Python 3.8 of {} |  | {} has packages of its own
tensorflow/tensorflow:2.13.0 | the Python of {} is not known |  | {} has packages of its own
tensorflow/tensorflow:2.14.0-gpu-jupyter | Python 3.11 of {} |  | {} has packages of its own
tensorflow/tensorflow:latest-gpu | Python 3.11 of {} |  | {} was 3.11 on 2026-02-18; {} has packages of its own
tensorflow/tensorflow | Python 3.11 of {} |  | {} was 3.11 on 2026-02-18; {} has packages of its own
intel/intel-extension-for-pytorch:2.3.0-pip-base | Python 3.10 of {} |  | {} has packages of its own
intel/intel-extension-for-pytorch:2.6.0-pip-base | Python 3.11 of {} |  | {} has packages of its own
intel/intel-extension-for-pytorch:2.1.30-xpu | Python 3.10 of {} |  | {} has packages of its own
intel/intel-extension-for-pytorch:2.5.10-xpu | Python 3.11 of {} |  | {} has packages of its own
intel/intel-extension-for-tensorflow:2.15.0.1-xpu | Python 3.10 of {} |  | {} has packages of its own
intel/intel-extension-for-tensorflow:xpu | the Python of {} is not known |  | {} has packages of its own
vault.habana.ai/gaudi-docker/1.17.0/ubuntu22.04/habanalabs/pytorch-installer-2.3.1:latest | Python 3.10 of {} |  | {} has packages of its own
vault.habana.ai/gaudi-docker/1.8.0/ubuntu18.04/habanalabs/pytorch-installer-1.13.1 | Python 3.8 of {} |  | {} has packages of its own
vault.habana.ai/gaudi-docker/1.20.0/ubuntu22.04/habanalabs/pytorch-installer-2.6.0-py311 | Python 3.11 of {} |  | {} may have packages of its own
verlai/verl:base-verl0.4-cu124-cudnn9.8-torch2.6-fa2.7.4 | Python 3.10 of {} |  | {} has packages of its own
verlai/verl:base-verl0.5-preview-cu128 | Python 3.12 of {} |  | {} has packages of its own
verlai/verl:app-verl0.5 | the Python of {} is not known |  | {} has packages of its own
lmsysorg/sglang:v0.5.6-cu129 | Python 3.12 of {} |  | {} has packages of its own
lmsysorg/sglang:v0.5.6-rocm630 | the Python of {} is not known |  | {} has packages of its own
continuumio/miniconda3:4.9.2 | Python 3.8 of {} |  | {} has packages of its own
continuumio/miniconda3:4.12.0 | Python 3.9 of {} |  | {} has packages of its own
continuumio/miniconda3:23.3.1-0-alpine | Python 3.10 of {} |  | {} has packages of its own
continuumio/miniconda3:24.1.2-0 | Python 3.11 of {} |  | {} has packages of its own
continuumio/miniconda3:24.5.0-0 | Python 3.12 of {} |  | {} has packages of its own
continuumio/miniconda3:latest | Python 3.13 of {} |  | {} was 3.13 on 2026-04-28; {} has packages of its own
condaforge/miniforge3:24.7.1-2 | Python 3.12 of {} |  | {} has packages of its own
condaforge/miniforge3:24.9.0-0 | the Python of {} is not known |  | {} has packages of its own
mambaorg/micromamba:2.0.5-ubuntu24.04 | {} has no Python before an environment is made | ubuntu:24.04 |
quay.io/pypa/manylinux2014_x86_64 | {} has several Pythons under /opt/python |  |
gcr.io/google_appengine/python | {} has several Pythons |  |
mcr.microsoft.com/devcontainers/universal:2 | {} has several Pythons |  |
# images upon a system
ubuntu:22.04 | the Python of {} is not known | ubuntu:22.04 |
ubuntu:14.04.5 | the Python of {} is not known | ubuntu:14.04 |
ubuntu:jammy-20260810 | the Python of {} is not known | ubuntu:22.04 |
ubuntu:latest | the Python of {} is not known | ubuntu:26.04 | {} was 26.04 on 2026-08-21
ubuntu | the Python of {} is not known | ubuntu:26.04 | {}:latest was 26.04 on 2026-08-21
ubuntu:rolling | the Python of {} is not known | ubuntu:26.04 | {} was 26.04 on 2026-08-21
ubuntu:devel | the Python of {} is not known | ubuntu:26.10 | {} was 26.10 on 2026-08-21
ubuntu:21.10 | the Python of {} is not known | ubuntu:21.10 |
ubuntu@sha256:0123456789abcdef0123 | the Python of {}@sha256:0123456789ab is not known |  |
ubuntu:latest@sha256:0123456789abcdef0123 | the Python of {}@sha256:0123456789ab is not known |  |
mirror.gcr.io/library/ubuntu:20.04 | the Python of {} is not known | ubuntu:20.04 |
foo/ubuntu:20.04 | the Python of {} is not known |  |
debian:12-slim | the Python of {} is not known | debian:12 |
debian:12.15 | the Python of {} is not known | debian:12 |
debian:bookworm-20260803-slim | the Python of {} is not known | debian:12 |
debian:stable-slim | the Python of {} is not known | debian:13 | {} was 13 on 2026-08-21
debian:oldstable | the Python of {} is not known | debian:12 | {} was 12 on 2026-08-21
debian:testing | the Python of {} is not known | debian:14 | {} was 14 on 2026-08-21; python3 of debian:14 was 3.14 on 2026-11-26
debian:sid | the Python of {} is not known | debian:sid | python3 of {} was 3.14 on 2026-11-26
debian:9 | the Python of {} is not known | debian:9 |
alpine:3.20 | the Python of {} is not known | alpine:3.20 |
alpine:3.20.3 | the Python of {} is not known | alpine:3.20 |
alpine | the Python of {} is not known | alpine:3.24 | {}:latest was 3.24 on 2026-08-21
alpine:3 | the Python of {} is not known | alpine:3.24 | {} was 3.24 on 2026-08-21
alpine:edge | the Python of {} is not known |  |
fedora:42 | the Python of {} is not known | fedora:42 |
fedora:latest | the Python of {} is not known | fedora:44 | {} was 44 on 2026-08-21
fedora:rawhide | the Python of {} is not known |  |
fedora:36 | the Python of {} is not known | fedora:36 |
centos:7 | the Python of {} is not known | el:7 |
centos:centos7.9.2009 | the Python of {} is not known | el:7 |
quay.io/centos/centos:stream9 | the Python of {} is not known | el:9 |
rockylinux:9.4-minimal | the Python of {} is not known | el:9 |
almalinux:8 | the Python of {} is not known | el:8 |
almalinux:latest | the Python of {} is not known | el:10 | {} was 10 on 2026-08-21
amazonlinux:2023 | the Python of {} is not known | amazonlinux:2023 |
public.ecr.aws/amazonlinux/amazonlinux:2023 | the Python of {} is not known | amazonlinux:2023 |
amazonlinux:2 | the Python of {} is not known | amazonlinux:2 |
opensuse/leap:15.6 | the Python of {} is not known | opensuse/leap:15.6 |
opensuse/tumbleweed | the Python of {} is not known |  |
registry.access.redhat.com/ubi8/ubi-minimal | the Python of {} is not known | el:8 |
registry.access.redhat.com/ubi9:latest | the Python of {} is not known | el:9 |
nvidia/cuda:12.2.2-devel-ubuntu20.04 | the Python of {} is not known | ubuntu:20.04 |
nvcr.io/nvidia/cuda:12.1.0-base-ubi9 | the Python of {} is not known | el:9 |
nvidia/cuda:11.8.0-devel-rockylinux8 | the Python of {} is not known | el:8 |
nvidia/cuda:7.5-cudnn4-devel | the Python of {} is not known |  |
docker.1ms.run/nvidia/cuda:12.2.2-devel-ubuntu22.04 | the Python of {} is not known | ubuntu:22.04 |
rocm/dev-ubuntu-22.04:6.2 | the Python of {} is not known | ubuntu:22.04 |
intel/oneapi-basekit:2024.0.1-devel-ubuntu22.04 | the Python of {} is not known | ubuntu:22.04 |
buildpack-deps:bookworm-curl | the Python of {} is not known | debian:12 |
node:20-bookworm | the Python of {} is not known | debian:12 |
node:20-alpine3.20 | the Python of {} is not known | alpine:3.20 |
node:22 | the Python of {} is not known | debian:12 | {} was built on debian:12 on 2026-09-20
golang:1.26.6 | the Python of {} is not known | debian:13 | {} was built on debian:13 on 2026-09-20
eclipse-temurin:17-jre-focal | the Python of {} is not known | ubuntu:20.04 |
mambaorg/micromamba:1.5-debian12 | {} has no Python before an environment is made | debian:12 |
ros:humble-ros-base | the Python of {} is not known | ubuntu:22.04 | {} has packages of its own
ros:jazzy | the Python of {} is not known | ubuntu:24.04 | {} has packages of its own
ros:lyrical | the Python of {} is not known | ubuntu:26.04 | {} has packages of its own
ros:noetic | the Python of {} is not known |  | {} has packages of its own
ros:rolling | the Python of {} is not known |  | {} has packages of its own
nvcr.io/nvidia/l4t-base:r36.2.0 | the Python of {} is not known | ubuntu:22.04 |
nvcr.io/nvidia/l4t-ml:r35.2.1-py3 | the Python of {} is not known |  | {} has packages of its own
nvcr.io/nvidia/l4t-jetpack:r39.2.0 | the Python of {} is not known | ubuntu:24.04 |
nvcr.io/nvidia/clara-holoscan/holoscan:v0.6.0-dgpu | the Python of {} is not known | ubuntu:20.04 |
nvcr.io/nvidia/clara-holoscan/holoscan:v3.5.0-dgpu | the Python of {} is not known | ubuntu:22.04 |
nvcr.io/nvidia/clara-holoscan/holoscan:v3.6.0-cuda12-dgpu | the Python of {} is not known | ubuntu:22.04 |
nvcr.io/nvidia/clara-holoscan/holoscan:v3.6.0-cuda13 | the Python of {} is not known | ubuntu:24.04 |
nvcr.io/nvidia/clara-holoscan/holoscan:v3.6.0-dgpu | the Python of {} is not known |  |
marketplace.gcr.io/google/ubuntu2404 | the Python of {} is not known | ubuntu:24.04 |
ghcr.io/linuxserver/baseimage-ubuntu:noble | the Python of {} is not known | ubuntu:24.04 |
ghcr.io/linuxserver/baseimage-alpine-nginx:3.22 | the Python of {} is not known | alpine:3.22 |
mcr.microsoft.com/devcontainers/base:1-bookworm | the Python of {} is not known | debian:12 |
rlsys/rocm-6.3.4-patch:x_ubuntu-22.04 | the Python of {} is not known |  |
public.ecr.aws/deep-learning-containers/base:devel-cu130-amzn2023 | the Python of {} is not known |  |
rocker/r-ver:4.0-ubuntu18.04 | the Python of {} is not known |  |
rocker/verse:latest | the Python of {} is not known | ubuntu:24.04 | {} was built on ubuntu:24.04 on 2026-09-20
rocker/r-ver:4.3.1 | the Python of {} is not known | ubuntu:22.04 |
rocker/rstudio:3.6.3 | the Python of {} is not known | debian:10 |
rocker/r-ver:4.7.0 | the Python of {} is not known |  |
rocker/shiny:4.3.1 | the Python of {} is not known |  |
nvidia/cuda:10.0-cudnn7-runtime | the Python of {} is not known | ubuntu:18.04 |
nvidia/cuda:9.0-devel | the Python of {} is not known | ubuntu:16.04 |
nvidia/cuda:11.0-base | the Python of {} is not known |  |
mcr.microsoft.com/dotnet/sdk:6.0 | the Python of {} is not known | debian:11 |
mcr.microsoft.com/dotnet/sdk:8.0-jammy | the Python of {} is not known | ubuntu:22.04 |
mcr.microsoft.com/dotnet/aspnet:8.0.1 | the Python of {} is not known | debian:12 |
mcr.microsoft.com/dotnet/sdk:8.0-alpine | the Python of {} is not known |  |
mcr.microsoft.com/playwright/python:v1.40.0-jammy | the Python of {} is not known | ubuntu:22.04 |
jupyter/scipy-notebook | Python 3.11 of {} |  | {} was 3.11 on 2023-10-20; {} has packages of its own
continuumio/miniconda3:26.3.2-2 | Python 3.13 of {} |  | {} has packages of its own
node | the Python of {} is not known | debian:13 | {} was built on debian:13 on 2026-09-20
node:18-slim | the Python of {} is not known | debian:12 | {} was built on debian:12 on 2026-09-20
node:17 | the Python of {} is not known |  |
openjdk:8 | the Python of {} is not known | debian:11 | {} was built on debian:11 on 2026-09-20
openjdk:17 | the Python of {} is not known | el:8 | {} was built on el:8 on 2026-09-20
php:8.2-apache | the Python of {} is not known | debian:13 | {} was built on debian:13 on 2026-09-20
rust:latest | the Python of {} is not known | debian:13 | {} was built on debian:13 on 2026-09-20
oraclelinux:8-slim | the Python of {} is not known | el:8 |
ubuntu:impish-20220105 | the Python of {} is not known | ubuntu:21.10 |
debian:stretch-slim | the Python of {} is not known | debian:9 |
fedora:35 | the Python of {} is not known | fedora:35 |
apache/airflow:2.3.0 | Python 3.7 of {} |  | {} has packages of its own
apache/airflow:2.8.2 | the Python of {} is not known |  | {} has packages of its own
rayproject/ray:nightly-gpu | Python 3.10 of {} |  | {} was 3.10 on 2025-11-19; {} has packages of its own
condaforge/mambaforge:4.14.0-0 | Python 3.10 of {} |  | {} has packages of its own
nvcr.io/nvidia/tensorflow:19.10-py3 | Python 3.6 of {} |  | {} has packages of its own
tensorflow/tensorflow:2.0.0-py3 | Python 3.6 of {} |  | {} has packages of its own
tensorflow/tensorflow:2.0.0a0-py3 | the Python of {} is not known |  | {} has packages of its own
tensorflow/tensorflow:2.1.1 | Python 3.6 of {} |  | {} has packages of its own
tensorflow/tensorflow:2.4.1 | the Python of {} is not known |  | {} has packages of its own
scratch | the Python of {} is not known |  |
$BASE | the Python of {} is not known |  |
"""  # noqa: E501


@pytest.mark.parametrize("row", [row for row in CASES.splitlines() if row and not row.startswith("#")])
def test_from(row: str) -> None:
    assert said(row.partition(" ")[0]) == row.rstrip()


DIGEST = "sha256:0123456789abcdef"


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            "image",
            "a/b:1",
            "a:3.12",
            "a:python3",
            "a:py3",
            "a:py",
            "a/b/c@" + DIGEST,
            "python-is:3.12",
            "my-python:3.12",
        ),
        *(
            "python/foo:3.12",
            "pytorch:2.3.0-cuda12.1-cudnn8-runtime",
            "registry.example.org/pytorch/pytorch:2.3.0-cuda12.1-x",
        ),
        *("registry.example.org/nvidia/pytorch:24.10-py3", "nvcr.io/other/pytorch:24.10-py3", "nvcr.io/nvidia/pytorch"),
        *(
            "oss-fuzz-base/base-builder",
            "example.org/oss-fuzz-base/base-builder",
            "gcr.io/oss-fuzz-base/base-builder-x",
        ),
        *(
            "a/miniconda3:4.12.0",
            "miniconda3:4.12.0",
            "x:3.12.1",
            "jython:2.7",
            "cpython39:x",
            "ipython310:x",
            "python_3:12",
        ),
    ],
)
def test_an_unknown_name_gives_no_python(name: str) -> None:
    base = base_of(name, [])
    assert isinstance(base.own, UnknownPython)
    assert not base.pythons


@given(st.text("acehnoptuy/:@.-_0123456789$", max_size=40))
def test_no_name_without_a_word_for_python_gives_one(name: str) -> None:
    assume("py" not in name)
    assume("cp" not in name)
    assert isinstance(base_of(name, []).own, UnknownPython)


@pytest.mark.parametrize(
    "name", [f"foo/{word}:{tag}" for word in ("ubuntu", "debian", "cuda", "node") for tag in ("22.04", "12")]
)
def test_a_suffix_alone_is_no_proof_of_a_system(name: str) -> None:
    assert base_of(name, []).system == ""


@given(st.text(max_size=60), st.lists(st.text(max_size=20).map("--platform={}".format), max_size=2))
def test_any_name_and_platform_is_read(name: str, flags: list[str]) -> None:
    assert base_of(name, flags).name == name


@pytest.mark.parametrize(
    ("name", "path", "version"),
    [
        ("python:3.12-slim", "/usr/local/bin/pip", "3.12.14"),
        ("python:3.12-slim", "/usr/local/bin/pip3.12", "3.12.14"),
        ("python:3.12-slim", "/usr/local/bin/python3", "3.12.14"),
        ("python:3.12-slim", "/usr/bin/python3", None),
        ("python:2.7", "/usr/local/bin/pip2", "2.7.18"),
        ("python:2.7", "/usr/local/bin/python", "2.7.18"),
        ("python:2.7", "/usr/local/bin/pip3", None),
        ("pytorch/pytorch:2.3.0-cuda12.1-cudnn8-runtime", "/opt/conda/bin/pip", "3.10"),
        ("pytorch/pytorch:2.3.0-cuda12.1-cudnn8-runtime", "/usr/local/bin/pip", None),
        ("public.ecr.aws/lambda/python:3.13", "/var/lang/bin/pip", "3.13"),
        ("quay.io/pypa/manylinux2014_x86_64", "/opt/python/cp311-cp311/bin/pip", "3.11"),
        ("quay.io/pypa/manylinux2014_x86_64", "/opt/python/cp313-cp313t/bin/pip", None),
        ("centos:7", "/usr/bin/python", "2.7.5"),
        ("centos:7", "/usr/bin/pip", None),
        ("ubuntu:22.04", "/usr/bin/python3", None),
        ("ros:humble-ros-base", "/usr/bin/python3", "3.10.12"),
        ("ros:lyrical", "/usr/bin/python3.14", "3.14.3"),
        ("ros:humble-ros-base", "/usr/bin/pip3", None),
        ("ros:rolling", "/usr/bin/python3", None),
    ],
)
def test_commands_by_path(name: str, path: str, version: str | None) -> None:
    found = base_of(name, []).pythons.get(path)
    assert (found.version if isinstance(found, Python) else None) == version


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("python:3.12", "/usr/local/sbin"),
        ("pytorch/pytorch:2.3.0-cuda12.1-cudnn8-runtime", "/opt/conda/bin"),
        ("public.ecr.aws/lambda/python:3.13", "/var/lang/bin"),
        ("ghcr.io/linuxserver/baseimage-ubuntu:noble", "/lsiopy/bin"),
    ],
)
def test_first_folder_of_path(name: str, first: str) -> None:
    assert base_of(name, []).path[0] == first


def test_a_very_long_name_is_no_trouble() -> None:
    for start in ("ubuntu:", "python:", "nvcr.io/nvidia/pytorch:", "nvcr.io/nvidia/clara-holoscan/holoscan:v"):
        assert isinstance(base_of(f"{start}{'1' * 5000}.{'2' * 5000}", []).own, UnknownPython)


@pytest.mark.parametrize(
    ("pattern", "name", "is_meant"),
    [
        ("registry.example.org/base/*", "registry.example.org/base/web:1", True),
        ("registry.example.org/base/*", "registry.example.org/base/web", True),
        ("registry.example.org/base/*", "registry.example.org/base/web@sha256:00", True),
        ("registry.example.org/base/*", "registry.example.org/base/a/b:1", False),
        ("registry.example.org/base/**", "registry.example.org/base/a/b:1", True),
        ("registry.example.org/base/*", "registry.example.org/other/web:1", False),
        ("registry.example.org:5000/*", "registry.example.org:5000/web:1", True),
        ("acme/web", "acme/web:2.0", True),
        ("acme/web", "docker.io/acme/web:2.0", True),
        ("docker.io/acme/web", "docker.io/acme/web:2.0", True),
        ("acme/web:2*", "acme/web:2.0", True),
        ("acme/web:3*", "acme/web:2.0", False),
        ("ubuntu:latest", "ubuntu:latest", True),
        ("python", "python:3.12", True),
        ("python", "mycompany/python:3.12", False),
        ("nvcr.io/nvidia/pytorch:*", "nvcr.io/nvidia/pytorch:24.10-py3", True),
        ("*", "scratch", True),
    ],
)
def test_a_row_of_the_user_goes_before_the_tables(pattern: str, name: str, is_meant: bool) -> None:
    own = base_of(name, [], ImageSettings({pattern: "3.11.9"})).own
    assert (own == user_python("3.11.9", name)) is is_meant


def user_python(version: str, name: str) -> Python:
    return Python(version, evidence=(Evidence(None, f"{name.partition('@')[0]} (image-pythons)"),))


def test_of_two_rows_of_the_user_the_later_one_is_taken() -> None:
    settings = ImageSettings({"acme/*": "3.11", "acme/old": "3.8"})
    assert base_of("acme/old:1", [], settings).own == user_python("3.8", "acme/old:1")
    assert base_of("acme/new:1", [], settings).own == user_python("3.11", "acme/new:1")


@pytest.mark.parametrize(
    ("built", "name", "dockerfile"),
    [
        ("acme/base", "acme/base", "a/Dockerfile"),
        ("acme/base", "acme/base:1.0", "a/Dockerfile"),
        ("acme/base", "docker.io/acme/base:1.0", "a/Dockerfile"),
        ("acme/base:1.0", "acme/base:1.0", "a/Dockerfile"),
        ("acme/base:1.0", "acme/base:2.0", ""),
        ("acme/base:latest", "acme/base", "a/Dockerfile"),
        ("acme/base:latest", "acme/base:1.0", ""),
        ("acme/base", "acme/base@sha256:00", ""),
        ("acme/base", "other/base", ""),
        ("registry.example.org/base:1", "registry.example.org/base:1", "a/Dockerfile"),
    ],
)
def test_images_that_the_repository_builds(built: str, name: str, dockerfile: str) -> None:
    assert base_of(name, [], ImageSettings(builds=lambda: {built: "a/Dockerfile"})).dockerfile == dockerfile
