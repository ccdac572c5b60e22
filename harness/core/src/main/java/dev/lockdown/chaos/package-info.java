/// Windows: how long a flow that was watched stayed open after a change that shuts it, or shut after one that opens it. Pure; enter at
/// `Windows`. May use `flow` and, for words, `verdict`.
@NullMarked
package dev.lockdown.chaos;

import org.jspecify.annotations.NullMarked;
