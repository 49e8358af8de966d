#!/usr/bin/env bash
# The steps of the action. They run anywhere: COMMAND=check FOLDER=docs BASE=origin/main action/run.sh
#
# COMMAND  check (default) or build          FOLDER  a folder of the repository (default: this one)
# BASE     a revision to compare with        BINARY  a k8sdiag (default: the one on the PATH, else one is built)
# SOURCE   where the source of k8sdiag is    GITHUB_STEP_SUMMARY  where the comparison is written to
set -euo pipefail

command=${COMMAND:-check}
folder=${FOLDER:-.}
base=${BASE:-}
binary=${BINARY:-}
source=${SOURCE:-$(cd "$(dirname "$0")/.." && pwd)}
summary=${GITHUB_STEP_SUMMARY:-/dev/null}
# More changed files are not compared: a summary is read by people.
most=50

case $command in
  check) options=(--check) ;;
  build) options=() ;;
  *) echo "COMMAND is check or build, not $command" >&2; exit 2 ;;
esac

if [ -z "$binary" ]; then
  if ! binary=$(command -v k8sdiag); then
    cargo install --quiet --locked --path "$source" --root "${RUNNER_TEMP:-/tmp}/k8sdiag"
    binary=${RUNNER_TEMP:-/tmp}/k8sdiag/bin/k8sdiag
  fi
fi

# What changed in the architecture, for the reviewer.
if [ -n "$base" ] && git rev-parse --quiet --verify --end-of-options "$base^{commit}" > /dev/null; then
  count=0
  while IFS= read -r -d '' path; do
    count=$((count + 1))
    if [ "$count" -gt "$most" ]; then
      echo "Not all changed files are compared: there are more than $most." >> "$summary"
      break
    fi
    # 1 says that something changed; a file that is no diagram says nothing.
    status=0
    table=$("$binary" diff "git:$base:$path" "./$path" --format markdown 2> /dev/null) || status=$?
    if [ "$status" -eq 1 ]; then
      printf '%s\n\n' "$table" >> "$summary"
    fi
  done < <(git diff --relative -z --name-only --diff-filter=M "$base" -- '*.md' '*.markdown' '*.yaml' '*.yml' '*.dot' '*.gv')
fi

"$binary" --message-format github build "${options[@]}" "$folder"
