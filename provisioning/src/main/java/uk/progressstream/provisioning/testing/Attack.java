package uk.progressstream.provisioning.testing;

import java.util.Optional;
import java.util.Set;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.database.DatabaseRole;

/** With which scope an intruder comes to the rows of one school and class. */
enum Attack {
  NO_SCOPE("no scope"),
  FORGED_SEAL("a forged seal"),
  EXPIRED("an expired scope"),
  NO_PERMISSION("its own scope without a permission"),
  OTHER_SCHOOL("the scope of another school"),
  OTHER_CLASS("the scope of another class of the school"),
  REPEATABLE_READ("its own scope and REPEATABLE READ"),
  SERIALIZABLE("its own scope and SERIALIZABLE");

  /** The one isolation in which what is looked at behind a lock is what there is. */
  static final String READ_COMMITTED = "read committed";

  /** No policy asks for this. */
  private static final String[] NOTHING = {"nothing:read"};

  private final String label;

  Attack(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** How the transaction is begun; what others commit meanwhile is seen in READ COMMITTED alone. */
  String isolation() {
    return switch (this) {
      case REPEATABLE_READ -> "repeatable read";
      case SERIALIZABLE -> "serializable";
      default -> READ_COMMITTED;
    };
  }

  /** Whether it says something about this table. */
  boolean concerns(DataTable table, DatabaseRole role) {
    return switch (this) {
      case NO_SCOPE -> true;
      case FORGED_SEAL, EXPIRED, NO_PERMISSION, REPEATABLE_READ, SERIALIZABLE -> true;
      case OTHER_SCHOOL -> !table.ofNoSchool();
      // A table without classes is the school's; who has one of its classes may read it.
      case OTHER_CLASS -> !table.ofNoSchool() && (table.hasClass() || role != DatabaseRole.CLASS);
    };
  }

  Optional<SealedScope> scope(Tokens tokens, Cells cells, DatabaseRole role, String[] permissions) {
    Scope own = own(cells, role, permissions);
    return switch (this) {
      case NO_SCOPE -> Optional.empty();
      case FORGED_SEAL -> Optional.of(tokens.forged(own));
      case EXPIRED -> Optional.of(tokens.sealed(Tokens.expired(own)));
      case NO_PERMISSION -> Optional.of(tokens.sealed(own(cells, role, NOTHING)));
      case REPEATABLE_READ, SERIALIZABLE -> Optional.of(tokens.sealed(own));
      case OTHER_SCHOOL -> Optional.of(tokens.sealed(elsewhere(cells, role, permissions)));
      case OTHER_CLASS -> Optional.of(tokens.sealed(otherClass(cells, permissions)));
    };
  }

  /** The genuine scope, every permission in it. */
  static Scope own(Cells cells, DatabaseRole role, String[] permissions) {
    return role == DatabaseRole.CLASS
        ? Tokens.classes(
            cells.account(),
            Set.of(new ClassCell(cells.school(), cells.schoolClass())),
            permissions)
        : Tokens.schools(cells.account(), Set.of(cells.school()), permissions);
  }

  private static Scope elsewhere(Cells cells, DatabaseRole role, String[] permissions) {
    return role == DatabaseRole.CLASS
        ? Tokens.classes(
            cells.account(),
            Set.of(new ClassCell(cells.otherSchool(), cells.classElsewhere())),
            permissions)
        : Tokens.schools(cells.account(), Set.of(cells.otherSchool()), permissions);
  }

  private static Scope otherClass(Cells cells, String[] permissions) {
    return Tokens.classes(
        cells.account(), Set.of(new ClassCell(cells.school(), cells.otherClass())), permissions);
  }
}
