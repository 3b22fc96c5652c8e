#!/usr/bin/env bash
# Compares every table, picture and plot of results/ with those of an older commit, by stage.
#
#   Tests/Oracles/same_results.sh c25c9b6 [PROFILE…]
#
# Prints what differs, what is new and what is gone; exits 1 if a file that both have differs.
set -euo pipefail
cd "$(dirname "$0")/../.."
commit=$1
shift
profiles=("$@")
[[ ${#profiles[@]} -gt 0 ]] || profiles=(demo standard paper)
status=0
for profile in "${profiles[@]}"; do
  same=0 differ=0 gone=0
  while read -r _ _ digest path; do
    case $path in *.csv | *.png | *.gp) ;; *) continue ;; esac
    [[ $path == */index.csv || $path == */runs.csv ]] && continue
    if [[ ! -f $path ]]; then
      echo "gone: $path"
      gone=$((gone + 1))
    elif [[ $(git hash-object "$path") == "$digest" ]]; then
      same=$((same + 1))
    else
      echo "differs: $path"
      differ=$((differ + 1))
      status=1
    fi
  done < <(git ls-tree -r "$commit" "results/$profile" | sed 's/\t/ /')
  echo "$profile: $same files the same, $differ different, $gone gone"
done
exit $status
