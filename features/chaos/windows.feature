@chaos
Feature: How long a change takes to bite, and to heal

  Background:
    Given the pods
      | pod       | labels   | serves            | node   |
      | shop/web  | app=web  | TCP/8080          | node-1 |
      | shop/api  | app=api  | TCP/8080,UDP/5353 | node-2 |
      | shop/idle | app=idle | TCP/8080,UDP/5353 | node-2 |
    And these flows are watched
      | from      | to        | ports    |
      | shop/web  | shop/api  | TCP/8080 |
      | shop/web  | shop/api  | UDP/5353 |
      | shop/web  | shop/idle | TCP/8080 |

  Scenario: A denial cuts off, and its end brings back
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: shut-api}
      spec:
        podSelector: {matchLabels: {app: api}}
        policyTypes: [Ingress]
      """
    Then "shop/web" cannot reach "shop/api" on TCP/8080
    And "shop/web" to "shop/api" on TCP/8080 is cut off within 1 s
    And "shop/web" to "shop/api" on UDP/5353 is cut off within 1 s
    But "shop/web" to "shop/idle" on TCP/8080 was never shut for longer than 500 ms
    When policy "shut-api" is deleted from "shop"
    Then "shop/web" to "shop/api" on TCP/8080 is back within 1 s
    And "shop/web" to "shop/api" on UDP/5353 is back within 1 s
    And "shop/web" to "shop/idle" on TCP/8080 was never shut for longer than 500 ms

  Scenario: What another policy allows all the while goes on
    Given "shop" denies all ingress
    And "shop/api" is allowed ingress from "shop/web" on TCP/8080
    And these flows are watched every 2 ms
      | from     | to        | ports    |
      | shop/web | shop/idle | UDP/5353 |
    When "shop" denies all ingress and egress
    Then "shop/web" to "shop/api" on TCP/8080 is cut off within 1 s
    And "shop/web" to "shop/idle" on UDP/5353 was never open
    When every policy of "shop" is deleted
    Then "shop/web" to "shop/api" on TCP/8080 is back within 1 s

  Scenario: A change that is made again and again bites in time each time
    When "shop" denies all ingress
    Then "shop/web" to "shop/api" on TCP/8080 is cut off within 1 s
    When every policy of "shop" is deleted
    Then "shop/web" to "shop/api" on TCP/8080 is back within 1 s
    When "shop" denies all ingress
    Then "shop/web" to "shop/api" on TCP/8080 is cut off within 1 s
    When every policy of "shop" is deleted
    Then "shop/web" to "shop/api" on TCP/8080 is back within 1 s
    But "shop/web" to "shop/api" on TCP/8080 is cut off within 1 s, 2 of 2 times
    And "shop/web" to "shop/api" on TCP/8080 is back within 1 s, 1 of 2 times
