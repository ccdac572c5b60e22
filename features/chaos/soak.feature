@chaos @soak
Feature: What goes on all the while stays as it is

  Scenario: A deny-all holds and an allowance works, whatever happens around them
    Given the pods
      | pod       | labels   | serves            | node   |
      | shop/web  | app=web  | TCP/8080          | node-1 |
      | shop/api  | app=api  | TCP/8080,UDP/5353 | node-2 |
      | shop/idle | app=idle | TCP/8080          | node-1 |
      | back/db   | app=db   | TCP/8080          | node-2 |
    And "shop" denies all ingress
    And "shop/api" is allowed ingress from "shop/web" on TCP/8080
    And these flows are watched every 5 ms
      | from     | to       | ports    |
      | shop/web | shop/api | TCP/8080 |
      | back/db  | shop/api | UDP/5353 |
    When these happen at random for 2 s
      | policy "deny-all-egress" of "back" comes and goes for 50 ms  |
      | "shop/idle" is relabelled "app=other" for 50 ms               |
      | namespace "back" is relabelled "team=none" for 50 ms          |
      | "shop/idle" is deleted and recreated after 50 ms              |
    Then "back/db" to "shop/api" on UDP/5353 was never open
    And "shop/web" to "shop/api" on TCP/8080 was never shut for longer than 1 s
    And every flow is as the policies say
