@chaos
Feature: A pod that starts under a policy

  On real clusters a shell dials from the first instruction of the pod, where the agents' image has bash. What comes to the pod is known there
  from when its agent answers, a second or two later, and before that nothing is proven.

  Background:
    Given the pods
      | pod      | labels  | serves            | node   | starts |
      | shop/web | app=web | TCP/8080          | node-1 |        |
      | shop/api | app=api | TCP/8080,UDP/5353 | node-2 | later  |
    And these flows are watched
      | from     | to       | ports    |
      | shop/web | shop/api | TCP/8080 |
      | shop/web | shop/api | UDP/5353 |
      | shop/api | shop/web | TCP/8080 |

  Scenario: Nobody gets out before the policy that was there first is enforced on it
    Given "shop" denies all ingress and egress
    When "shop/api" starts
    Then "shop/api" to "shop/web" on TCP/8080 was never open
    When every policy of "shop" is deleted
    Then "shop/api" to "shop/web" on TCP/8080 is back within 1 s

  # Proves nothing on a real cluster, see above.
  @embedded
  Scenario: Nobody gets in before the policy that was there first is enforced on it
    Given "shop" denies all ingress and egress
    When "shop/api" starts
    Then "shop/web" to "shop/api" on TCP/8080 was never open
    And "shop/web" to "shop/api" on UDP/5353 was never open
    When every policy of "shop" is deleted
    Then "shop/web" to "shop/api" on TCP/8080 is back within 1 s

  # Counted from the start of the pod: on a real cluster the policy comes when all of its agents have answered.
  Scenario: A policy that comes right after the pod cuts it off in time
    When "shop/api" starts
    And "shop" denies all ingress and egress
    Then "shop/web" to "shop/api" on TCP/8080 was never open for longer than 10 s
    And "shop/api" to "shop/web" on TCP/8080 was never open for longer than 10 s

  # Both are sent in the same breath, so that it is left open which comes first.
  Scenario: A policy that comes together with the pod cuts it off in time
    When these changes are made at once
      | "shop/api" starts                    |
      | "shop" denies all ingress and egress |
    Then "shop/web" to "shop/api" on TCP/8080 was never open for longer than 10 s
    And "shop/web" to "shop/api" on UDP/5353 was never open for longer than 10 s
    And "shop/api" to "shop/web" on TCP/8080 was never open for longer than 10 s
    When every policy of "shop" is deleted
    Then "shop/web" to "shop/api" on TCP/8080 is back within 5 s
