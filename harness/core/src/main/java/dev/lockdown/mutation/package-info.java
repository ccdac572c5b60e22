/// Mutation testing of the user's policies: each is changed in one place at a time, and the scenarios that apply it have to notice.
///
/// Enter at [MutationRun]. [Mutations] makes the changes, [AppliedPolicies] remembers which scenario applies what. Depends on spec,
/// manifest and state, and on cluster for the seam alone.
@NullMarked
package dev.lockdown.mutation;

import org.jspecify.annotations.NullMarked;
