# Sourced by the start scripts: finds a JDK, builds what is out of date, starts Java.
# Works in bash 3.2 and later; everything said here goes to standard error.

least_java=25
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Prints the major version of the JDK in folder $1, from its release file: no JVM is started.
java_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

java_on_path() {
  local java
  java=$(command -v java) || return 1
  java=$(readlink -f "$java" 2>/dev/null) || return 1
  dirname "$(dirname "$java")"
}

# Sets $jdk to the first JDK that is new enough.
find_jdk() {
  local candidate version
  for candidate in "${JAVA_HOME:-}" "$(java_on_path)" \
      /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
      /Library/Java/JavaVirtualMachines/*/Contents/Home \
      "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
      "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    [ -n "$candidate" ] || continue
    version=$(java_version "$candidate") || continue
    if [ "${version:-0}" -ge "$least_java" ]; then
      jdk=$candidate
      return
    fi
  done
  fail "Chasqui needs a JDK $least_java or later and found none (looked at JAVA_HOME, PATH, /usr/lib/jvm, ~/.sdkman and such)." \
    "Install one, for example Eclipse Temurin $least_java (https://adoptium.net, or: sdk install java $least_java-tem)," \
    "or point JAVA_HOME at it."
}

# Is module $1 built, with its class path complete and no source newer than the build?
up_to_date() {
  local stamp=$project/$1/target/built entry
  [ -e "$stamp" ] || return 1
  entry=$(cd "$project" && find pom.xml ./*/pom.xml ./*/*/pom.xml schemas/src/main inference-service/*/src/main \
    guard-service/src/main deploy/cli/src/main deploy/standalone/src/main -newer "$stamp" -print -quit 2>/dev/null)
  [ -z "$entry" ] || return 1
  class_path "$1" >/dev/null
}

# Prints the class path of module $1; fails when a file of it is gone.
class_path() {
  local jar path entry old_ifs=$IFS
  jar=$(echo "$project/$1"/target/chasqui-*.jar)
  [ -e "$jar" ] && [ -r "$project/$1/target/classpath" ] || return 1
  path=$jar:$(cat "$project/$1/target/classpath")
  IFS=:
  for entry in $path; do
    [ -e "$entry" ] || { IFS=$old_ifs; return 1; }
  done
  IFS=$old_ifs
  printf '%s\n' "$path"
}

# One build at a time: the folder is the lock, the file in it names its owner.
lock_build() {
  build_lock=$project/target/build.lock
  mkdir -p "$project/target"
  until mkdir "$build_lock" 2>/dev/null; do
    local owner
    owner=$(cat "$build_lock/pid" 2>/dev/null)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$build_lock"
    fi
    sleep 0.2
  done
  echo $$ >"$build_lock/pid"
  trap 'rm -rf "$build_lock"' EXIT
}

unlock_build() {
  rm -rf "$build_lock"
  trap - EXIT
}

# Shows where the build of process $1 with log $2 stands, until it ends.
show_build() {
  local start=$SECONDS step
  if [ ! -t 2 ]; then
    echo "building Chasqui (the first time takes a minute or two) ..." >&2
    return
  fi
  while kill -0 "$1" 2>/dev/null; do
    step=$(sed -n 's/^\[INFO\] Building Chasqui :: \(.*\) [0-9][^ ]* *\(\[.*\]\)$/\2 \1/p' "$2" | tail -n 1)
    printf '\r\033[Kbuilding Chasqui %s  %d s' "$step" $((SECONDS - start)) >&2
    sleep 0.5
  done
  printf '\r\033[K' >&2
}

build() {
  local log=$project/$1/target/build.log maven
  mkdir -p "$project/$1/target"
  command -v mvn >/dev/null || fail "Chasqui is not built yet and Maven is missing. Install Maven 3.8 or later (mvn)."
  touch "$project/$1/target/building"
  (cd "$project" && JAVA_HOME=$jdk exec mvn -B -ntp -pl "$1" -am package -DskipTests) >"$log" 2>&1 &
  maven=$!
  show_build "$maven" "$log"
  if ! wait "$maven"; then
    grep '^\[ERROR\]' "$log" | head -n 12 >&2
    fail "The build failed; all of it is in $log"
  fi
  mv "$project/$1/target/building" "$project/$1/target/built"
}

build_if_needed() {
  up_to_date "$1" && return
  lock_build
  up_to_date "$1" || build "$1"
  unlock_build
}

# Passes standard error through, less the notice that the Vector API incubates. It is always first.
without_notice() {
  trap '' INT TERM
  local line
  IFS= read -r line
  case $line in
    '' | 'WARNING: Using incubator modules: jdk.incubator.vector') ;;
    *) printf '%s\n' "$line" >&2 ;;
  esac
  exec cat >&2
}

terminal() {
  if [ -t "$1" ]; then echo yes; else echo no; fi
}

columns() {
  local size
  size=$(stty size 2>/dev/null </dev/tty) || size='24 80'
  echo "${size#* }"
}

# Java reads arguments in the locale's encoding: without one, only ASCII would survive.
speak_utf8() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]*8) ;;
    *) export LC_ALL=C.UTF-8 ;;
  esac
}

# launch MODULE MAIN_CLASS ARCHIVE ARGUMENT...: replaces this process by Java; the archive of loaded
# classes makes the next start with the same archive name faster.
launch() {
  local module=$1 main=$2 archive=$3
  shift 3
  find_jdk
  build_if_needed "$module"
  speak_utf8
  exec "$jdk/bin/java" \
    -XX:+UseSerialGC \
    --add-modules jdk.incubator.vector \
    --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow \
    -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile="$project/$module/target/$archive.jsa" \
    -Xlog:disable \
    -Dchasqui.terminal.out="$(terminal 1)" \
    -Dchasqui.terminal.err="$(terminal 2)" \
    -Dchasqui.terminal.columns="$(columns)" \
    -cp "$(class_path "$module")" \
    "$main" "$@" 2> >(without_notice)
}
