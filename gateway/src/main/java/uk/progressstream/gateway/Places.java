package uk.progressstream.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts who is in, against any number of maxima at once: of a service, of an address, of all.
 * Changed on one event loop only, read by metrics from anywhere.
 */
final class Places {
  private final Map<String, Integer> taken = new ConcurrentHashMap<>();
  private List<Place> leaving = new ArrayList<>();
  private List<Place> leavingNext = new ArrayList<>();

  /**
   * A maximum that a place counts against.
   *
   * @param name what is counted together
   * @param max how many there may be
   * @param common whether it is everybody's, and not one caller's own
   */
  record Share(String name, int max, boolean common) {
    static Share ofAll(String name, int max) {
      return new Share(name, max, true);
    }

    static Share ofCaller(String name, int max) {
      return new Share(name, max, false);
    }
  }

  /** A place in all of these shares, or none at all where one of them is full. */
  @Nullable Place take(List<Share> shares) {
    Place place = new Place(shares);
    return place.grow(1) ? place : null;
  }

  /** An empty place, to be grown later. */
  Place none(List<Share> shares) {
    return new Place(shares);
  }

  /** Gives a place back at the second look from now. */
  void leaveLater(Place place) {
    leavingNext.add(place);
  }

  /** Gives back what was to be given back by now. */
  void look() {
    leaving.forEach(Place::leave);
    leaving = leavingNext;
    leavingNext = new ArrayList<>();
  }

  /** How many are in. */
  int taken(String name) {
    return taken.getOrDefault(name, 0);
  }

  /** What is given back once, however often {@link #leave} is called. */
  final class Place {
    private final List<Share> shares;
    private int amount;

    private Place(List<Share> shares) {
      this.shares = shares;
    }

    /** Takes more of the same shares; nothing where one of them has not as much left. */
    boolean grow(int more) {
      for (Share share : shares) {
        if (taken(share.name()) + more > share.max()) {
          return false;
        }
      }
      shares.forEach(share -> taken.merge(share.name(), more, Integer::sum));
      amount += more;
      return true;
    }

    void leave() {
      for (Share share : shares) {
        taken.computeIfPresent(
            share.name(), (name, all) -> all > amount ? Integer.valueOf(all - amount) : null);
      }
      amount = 0;
    }
  }
}
