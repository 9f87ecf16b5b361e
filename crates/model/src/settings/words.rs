//! The words of `ring.toml`: allocation rules, roles, kinds of cost.

use crate::read::choices;

choices! {
    /// How finished units are shared out when there are too few.
    Allocation {
        /// Customers by priority class, then by order of the table.
        Priority = "priority",
        /// In proportion to what each is still due.
        Proportional = "proportional",
        /// The least served customer first (max-min fill).
        MaxMin = "max-min",
        /// By each customer's agreed share of the output so far.
        Quota = "quota",
    }
}

choices! {
    /// What is ordered while the programme runs.
    Ordering {
        /// What the programme orders, and nothing else.
        Planned = "planned",
        /// As planned, and again what will be missing by the time an order comes.
        Replenish = "replenish",
    }
}

choices! {
    /// What happens to the pieces of a site that stands still.
    OnStop {
        /// They wait until the site works again.
        Wait = "wait",
        /// What was planned of them for the period is made at other sites that make the item.
        Move = "move",
    }
}

choices! {
    /// What a partner does.
    Role {
        /// Makes, knows rate and lines.
        Maker = "maker",
        /// Owns the design.
        DesignOwner = "design-owner",
        /// Asks, pays, accepts.
        Ministry = "ministry",
        /// Runs sites in the host country.
        Host = "host",
        /// Receives units.
        Customer = "customer",
        /// Supplies parts.
        Supplier = "supplier",
    }
}

choices! {
    /// What money is spent on.
    CostKind {
        /// Opening a site, once.
        SiteOpening = "site-opening",
        /// Keeping a site open, floor included.
        SiteFixed = "site-fixed",
        /// Lines and their equipment.
        Line = "line",
        /// First articles.
        FirstArticle = "first-article",
        /// Finding people.
        Hiring = "hiring",
        /// Training them.
        Training = "training",
        /// Wages.
        Wages = "wages",
        /// Parts, freight included.
        Parts = "parts",
        /// Carrying items.
        Transport = "transport",
        /// Storing items.
        Holding = "holding",
        /// Late replenishment, by the customers' rates.
        Backlog = "backlog",
        /// Exercise draws not met, by the customers' rates.
        Unmet = "unmet",
        /// Decisions that differ from the plan as it stood.
        Moves = "moves",
    }
}
