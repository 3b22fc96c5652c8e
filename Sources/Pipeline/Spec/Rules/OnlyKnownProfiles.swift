/// Whatever is kept to some profiles is kept to profiles that there are.
enum OnlyKnownProfiles: SpecRule {
  static func check(_ spec: Spec, kinds: [KindInfo]) throws(SpecError) {
    for stage in spec.stages + spec.leftOut {
      for profile in stage.only ?? [] where !spec.profileNames.contains(profile.name) {
        throw SpecError(
          profile.place, "unknown profile \(quoted(profile.name))",
          hint: suggestion(
            for: profile.name, among: spec.profileNames, otherwise: "there are the profiles"))
      }
    }
  }
}
