@chaos
Feature: A pod that starts under a policy

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

  Scenario: Nobody gets in or out before the policy that was there first is enforced on it
    Given "shop" denies all ingress and egress
    When "shop/api" starts
    Then "shop/web" to "shop/api" on TCP/8080 was never open
    And "shop/web" to "shop/api" on UDP/5353 was never open
    And "shop/api" to "shop/web" on TCP/8080 was never open
    When every policy of "shop" is deleted
    Then "shop/web" to "shop/api" on TCP/8080 is back within 1 s
    And "shop/api" to "shop/web" on TCP/8080 is back within 1 s

  Scenario: A policy that comes right after the pod cuts it off in time
    When "shop/api" starts
    And "shop" denies all ingress and egress
    Then "shop/web" to "shop/api" on TCP/8080 was never open for longer than 1 s
    And "shop/api" to "shop/web" on TCP/8080 was never open for longer than 1 s
