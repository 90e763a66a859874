# Sourced by ./mvnw and ./elpis: sets JAVA_HOME to a JDK 25 or newer.
# Takes JAVA_HOME when it is new enough, else the newest JDK under /usr/lib/jvm, else the one on the PATH.

elpis_jdk_major() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

elpis_find_jdk() {
  elpis_best=""
  elpis_best_major=24
  elpis_path_javac=$(command -v javac 2>/dev/null) || elpis_path_javac=""
  [ -z "$elpis_path_javac" ] || elpis_path_javac=$(dirname "$(dirname "$(readlink -f "$elpis_path_javac")")")
  for elpis_home in "${JAVA_HOME-}" $(ls -d /usr/lib/jvm/* 2>/dev/null) "$elpis_path_javac"; do
    [ -n "$elpis_home" ] || continue
    elpis_major=$(elpis_jdk_major "$elpis_home") || continue
    if [ "${elpis_major:-0}" -gt "$elpis_best_major" ]; then
      elpis_best=$elpis_home
      elpis_best_major=$elpis_major
      [ "$elpis_home" != "${JAVA_HOME-}" ] || break
    fi
  done
  if [ -z "$elpis_best" ]; then
    echo "Elpis needs a JDK 25 or newer: set JAVA_HOME or install one under /usr/lib/jvm." >&2
    return 1
  fi
  JAVA_HOME=$elpis_best
  export JAVA_HOME
}

elpis_find_jdk
