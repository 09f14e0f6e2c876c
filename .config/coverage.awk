# Prints the branch coverage of each package of a report of JaCoCo, and of the parsers of files class by class.
BEGIN { FS = "," }
NR > 1 {
  missed[$2] += $6
  covered[$2] += $7
}
NR > 1 && $2 ~ /engine\.checkpoint$/ && $6 + $7 > 0 {
  parser[$3] = sprintf("  %-40s %4d of %4d branches", $3, $7, $6 + $7)
}
END {
  for (package in missed) {
    all = missed[package] + covered[package]
    if (all > 0) {
      printf "%-40s %5d of %5d branches, %3d %%\n", package, covered[package], all, 100 * covered[package] / all
    }
  }
  for (name in parser) {
    print parser[name]
  }
}
