//! Single steps of the world, and how contradicting records of different nodes are decided.

use super::*;
use crate::event::{Act, Condition, Outcome};
use crate::hash::Hash;
use crate::line::{Defaults, read};
use crate::name::ClientId;
use crate::record::Version;
use crate::time::Stamp;
use diag::Place;

/// Writes event lines at nodes and folds them, as a store would.
pub(super) struct Bench {
    pub(super) world: World,
    seq: BTreeMap<Node, u64>,
    clock: u64,
}

impl Bench {
    /// Nodes `a`, `b`, `c` of organisations `maker`, `ministry`, `club`, and `a2` of `maker`.
    pub(super) fn new() -> Self {
        let mut bench = Self { world: World::default(), seq: BTreeMap::new(), clock: 0 };
        for (node, organisation) in [("a", "maker"), ("a2", "maker"), ("b", "ministry"), ("c", "club")] {
            let organisation = Organisation::new(organisation).unwrap();
            let record =
                bench.record(node, Body::Open { ring: Word::new("kite").unwrap(), organisation, key: [0; 32] });
            bench.world.fold(&record);
        }
        bench
    }

    fn record(&mut self, node: &str, body: Body) -> Record {
        let node = Node::new(node).unwrap();
        let seq = self.seq.entry(node.clone()).or_insert(0);
        self.clock += 1;
        *seq += 1;
        let prev = Hash::default();
        Record { version: Version, node, seq: *seq - 1, prev, clock: self.clock, record_time: 0, body }
    }

    pub(super) fn event(&self, node: &str, line: &str) -> Event {
        let defaults = Defaults {
            organisation: self.world.nodes[&Node::new(node).unwrap()].organisation.clone(),
            now: Stamp { ms: 0, offset_min: 0 },
            client: ClientId::new("x").unwrap(),
        };
        read(line, &Place::Result("line".to_owned()), &defaults).unwrap().event
    }

    /// What is wrong with a line at a node.
    pub(super) fn faults(&self, node: &str, line: &str) -> Vec<u16> {
        let faults = self.world.check(&Node::new(node).unwrap(), &self.event(node, line));
        faults.iter().map(|fault| fault.code).collect()
    }

    /// Writes a line that is possible.
    pub(super) fn does(&mut self, node: &str, line: &str) -> Changed {
        assert_eq!(self.faults(node, line), Vec::<u16>::new(), "{line}");
        self.comes(node, line)
    }

    /// Folds a line whether it is possible or not.
    pub(super) fn comes(&mut self, node: &str, line: &str) -> Changed {
        let event = Box::new(self.event(node, line));
        let record = self.record(node, Body::Event { event });
        self.world.fold(&record)
    }

    pub(super) fn state(&self, serial: &str) -> State {
        self.unit(serial).state
    }

    pub(super) fn unit(&self, serial: &str) -> &Unit {
        &self.world.units[&Serial::new(serial).unwrap()]
    }

    fn in_stock(serials: &str) -> Self {
        let mut bench = Self::new();
        bench.does("a", &format!("start {serials} item=kite by=anna"));
        bench.does("a", &format!("inspect {serials} result=passed by=anna"));
        bench.does("a", &format!("release {serials} by=anna"));
        bench
    }
}

#[test]
fn a_piece_goes_from_work_to_its_second_customer() {
    let mut bench = Bench::in_stock("s1,s2");
    bench.does("a", "pack s1,s2 consignment=C1 by=anna");
    bench.does("a", "ship s1,s2 consignment=C1 to=ministry seal=7 by=anna");
    assert_eq!(bench.world.count(State::InTransit), 2);
    bench.does("b", "receive s1,s2 consignment=C1 from=maker seal=7 by=ben");
    assert_eq!((bench.state("s1"), bench.unit("s1").holder.as_str()), (State::InStock, "ministry"));
    assert_eq!(bench.unit("s1").owner.as_str(), "maker", "custody passed, title did not");
    bench.does("b", "accept s1,s2 by=ben");
    bench.does("b", "ship s1 consignment=C2 to=club seal=8 by=ben");
    bench.does("c", "receive s1 consignment=C2 from=ministry seal=8 by=cleo");
    assert_eq!(bench.faults("c", "serve s1 by=cleo"), [703], "title first");
    bench.does("c", "accept s1 by=cleo");
    bench.does("c", "serve s1 by=cleo");
    bench.does("c", "draw s1 exercise=autumn by=cleo");
    bench.does("c", "return s1 by=cleo");
    bench.does("c", "repair s1 by=cleo");
    bench.does("c", "inspect s1 result=passed by=cleo");
    bench.does("c", "release s1 by=cleo");
    bench.does("c", "serve s1 by=cleo");
    bench.does("c", "write-off s1 reason=lost by=cleo");
    assert_eq!(bench.faults("c", "serve s1 by=cleo"), [706]);
    let accepted: Vec<(&str, u64)> = bench.world.accepted.iter().map(|(who, n)| (who.as_str(), *n)).collect();
    assert_eq!(accepted, [("club", 1), ("ministry", 2)], "accepted is reported apart");
    assert_eq!((bench.world.started(), bench.world.count(State::WrittenOff)), (2, 1));
}

#[test]
fn what_is_not_released_or_is_held_does_not_leave() {
    let mut bench = Bench::new();
    bench.does("a", "start s1 item=kite by=anna");
    let ship = "ship s1 consignment=C1 to=ministry seal=7 by=anna";
    assert_eq!(bench.faults("a", ship), [707]);
    bench.does("a", "inspect s1 result=passed by=anna");
    assert_eq!(bench.faults("a", ship), [707]);
    bench.does("a", "release s1 by=anna");
    bench.does("a", "hold s1 reason=bulletin by=anna");
    assert_eq!(bench.faults("a", ship), [707]);
    bench.does("a", "lift s1 by=anna");
    assert_eq!(bench.faults("a", ship), [707], "a lifted hold is released again, not shipped");
    bench.does("a", "release s1 by=anna");
    bench.does("a", ship);
}

#[test]
fn accounts_that_differ_are_a_dispute_that_both_sides_settle() {
    for (line, s1, s2) in [
        ("receive s1 consignment=C1 from=maker seal=7 by=ben", State::InStock, State::Disputed),
        ("receive s1,s2 consignment=C1 from=maker seal=8 by=ben", State::Disputed, State::Disputed),
        ("receive s1,s2 consignment=C1 from=maker seal=7 condition=damaged by=ben", State::Disputed, State::Disputed),
        ("receive s1,s2 consignment=C1 from=maker seal=7 count=3 by=ben", State::Disputed, State::Disputed),
        ("receive s1,s2,s3 consignment=C1 from=maker seal=7 by=ben", State::InStock, State::InStock),
    ] {
        let mut bench = Bench::in_stock("s1,s2,s3");
        bench.does("a", "ship s1,s2 consignment=C1 to=ministry seal=7 by=anna");
        bench.does("b", line);
        assert_eq!((bench.state("s1"), bench.state("s2")), (s1, s2), "{line}");
        let with_s3 = line.contains("s3");
        assert_eq!(bench.state("s3"), if with_s3 { State::Disputed } else { State::InStock }, "{line}");
        let disputed = if with_s3 { "s3" } else { "s2" };
        assert_eq!(bench.faults("c", &format!("settle {disputed} outcome=lost by=cleo")), [713]);
        bench.does("a", &format!("settle {disputed} outcome=with:maker by=anna"));
        bench.does("b", &format!("settle {disputed} outcome=lost by=ben"));
        assert_eq!(bench.state(disputed), State::Disputed, "they do not agree");
        bench.does("b", &format!("settle {disputed} outcome=with:maker by=ben"));
        assert_eq!((bench.state(disputed), bench.unit(disputed).holder.as_str()), (State::Held, "maker"));
    }
}

#[test]
fn a_receipt_may_come_before_its_release() {
    let mut bench = Bench::in_stock("s1");
    bench.does("b", "receive s1 consignment=C1 from=maker seal=7 by=ben");
    assert_eq!(bench.state("s1"), State::InStock, "one account moves nothing");
    bench.does("a", "ship s1 consignment=C1 to=ministry seal=7 by=anna");
    assert_eq!(bench.unit("s1").holder.as_str(), "ministry");
}

#[test]
fn nobody_signs_both_sides() {
    let mut bench = Bench::in_stock("s1");
    bench.does("a", "ship s1 consignment=C1 to=ministry seal=7 by=anna");
    assert_eq!(bench.faults("b", "receive s1 consignment=C1 from=maker seal=7 by=anna"), [708, 702]);
    bench.does("b", "receive s1 consignment=C1 from=maker seal=7 by=ben");
    assert_eq!(bench.faults("b", "receive s1 consignment=C1 from=maker seal=7 by=ben"), [712], "once only");
}

#[test]
fn nobody_takes_the_name_of_another_organisations_person() {
    let mut bench = Bench::new();
    // Placed before everything that anna said, by somebody who could not have known her.
    bench.does("c", "start x1 item=kite by=anna");
    assert_eq!(bench.faults("a", "start s1 item=kite by=anna"), [702], "a node finds another id for a new person");
    let changed = bench.comes("a", "start s1 item=kite by=anna");
    assert_eq!(changed.conflicts.iter().map(|c| (c.code, c.ruling)).collect::<Vec<_>>(), [(702, Ruling::Stands)]);
    assert_eq!(bench.unit("s1").holder.as_str(), "maker", "what she said stands");
    bench.does("a", "inspect s1 result=passed by=anna");
    bench.does("c", "inspect x1 result=passed by=anna");
    // Words on a dispute are kept apart, too, and one id is one person.
    bench.does("a", "release s1 by=anna");
    bench.does("a", "ship s1 consignment=C to=club seal=1 by=anna");
    bench.does("c", "receive s1 consignment=C from=maker seal=2 by=cleo");
    bench.does("a", "settle s1 outcome=with:maker by=anna");
    bench.does("c", "settle s1 outcome=with:maker by=anna");
    assert_eq!(bench.state("s1"), State::Disputed, "one person is not enough");
    bench.does("c", "settle s1 outcome=with:maker by=cleo");
    assert_eq!(bench.state("s1"), State::Held);
}

#[test]
fn nobody_takes_a_place_in_a_hand_over_between_others() {
    let mut bench = Bench::in_stock("s1");
    // Both are placed before the true hand-over: a receipt, and a release of the same name.
    bench.does("c", "receive s1 consignment=C1 from=maker seal=7 by=cleo");
    for line in ["start x1 item=kite", "inspect x1 result=passed", "release x1"] {
        bench.does("c", &format!("{line} by=cleo"));
    }
    bench.does("c", "ship x1 consignment=C1 to=ministry seal=9 by=cleo");
    bench.does("a", "ship s1 consignment=C1 to=ministry seal=7 by=anna");
    assert_eq!(bench.state("s1"), State::InTransit);
    assert_eq!(bench.faults("c", "receive s1 consignment=C1 from=maker seal=7 by=cleo"), [712]);
    bench.does("b", "receive s1 consignment=C1 from=maker seal=7 by=ben");
    assert_eq!((bench.state("s1"), bench.unit("s1").holder.as_str()), (State::InStock, "ministry"));
    bench.does("b", "receive x1 consignment=C1 from=club seal=9 by=ben");
    assert_eq!(bench.unit("x1").holder.as_str(), "ministry", "givers name their consignments for themselves");
}

#[test]
fn a_consignment_is_released_once_and_packed_goods_go_with_their_own() {
    let mut bench = Bench::in_stock("s1,s2,s3");
    bench.does("a", "pack s3 consignment=C2 by=anna");
    bench.does("a", "ship s1 consignment=C1 to=ministry seal=7 by=anna");
    assert_eq!(bench.faults("a", "ship s2 consignment=C1 to=ministry seal=8 by=anna"), [712]);
    assert_eq!(bench.faults("a", "ship s3 consignment=C3 to=ministry seal=8 by=anna"), [712]);
    assert_eq!(bench.faults("a", "unpack s3 consignment=C1 by=anna"), [712]);
    assert_eq!(bench.faults("a", "pack s3 consignment=C3 by=anna"), [712]);
    // Two nodes of the giver that used one name: what the second released is in dispute, the first hand-over stands.
    bench.comes("a2", "ship s2 consignment=C1 to=ministry seal=8 by=alma");
    assert_eq!((bench.state("s1"), bench.state("s2")), (State::InTransit, State::Disputed));
    bench.does("b", "receive s1 consignment=C1 from=maker seal=7 by=ben");
    assert_eq!(bench.unit("s1").holder.as_str(), "ministry");
}

#[test]
fn a_receipt_before_the_release_does_not_undo_it() {
    let mut bench = Bench::in_stock("s1");
    bench.comes("b", "receive s1 consignment=C1 from=maker seal=7 by=anna");
    let changed = bench.comes("a", "ship s1 consignment=C1 to=ministry seal=7 by=anna");
    assert_eq!((changed.conflicts[0].code, changed.conflicts[0].record.node.as_str()), (708, "b"));
    assert_eq!(bench.state("s1"), State::InTransit);
    bench.does("b", "receive s1 consignment=C1 from=maker seal=7 by=ben");
    assert_eq!(bench.state("s1"), State::InStock);
}

#[test]
fn a_dispute_within_one_party_needs_two_of_its_people() {
    let mut bench = Bench::in_stock("s1");
    bench.comes("a2", "scrap s1 reason=worn by=alma");
    assert_eq!(bench.state("s1"), State::Disputed);
    bench.does("a", "settle s1 outcome=with:maker by=anna");
    bench.does("a", "settle s1 outcome=with:maker by=anna");
    assert_eq!(bench.state("s1"), State::Disputed, "one person is not enough");
    bench.does("a2", "settle s1 outcome=with:maker by=alma");
    assert_eq!(bench.state("s1"), State::Held);
}

#[test]
fn who_a_disputed_release_was_made_to_has_a_say() {
    let mut bench = Bench::in_stock("s1");
    bench.comes("a2", "hold s1 reason=late by=alma");
    bench.comes("a", "ship s1 consignment=C1 to=ministry seal=7 by=anna");
    let parties: Vec<&str> =
        bench.unit("s1").dispute.as_ref().unwrap().parties.iter().map(Organisation::as_str).collect();
    assert_eq!(parties, ["maker", "ministry"]);
    bench.does("a", "settle s1 outcome=with:maker by=anna");
    bench.does("a2", "settle s1 outcome=with:maker by=alma");
    assert_eq!(bench.state("s1"), State::Disputed, "the giver alone does not take it back");
}

#[test]
fn what_is_inside_goes_along() {
    let mut bench = Bench::in_stock("m1,m2");
    bench.does("a", "start s1 item=kite by=anna");
    bench.does("a", "install m1,m2 into=s1 lots=cell:L7:4 by=anna");
    assert_eq!(bench.state("m1"), State::InWork);
    assert_eq!(bench.faults("a", "install s1 into=m1 by=anna"), [709]);
    assert_eq!(bench.faults("a", "hold m1 reason=x by=anna"), [709]);
    bench.does("a", "inspect s1 result=passed by=anna");
    bench.does("a", "release s1 by=anna");
    bench.does("a", "ship s1 consignment=C1 to=ministry seal=7 by=anna");
    bench.does("b", "receive s1 consignment=C1 from=maker seal=7 by=ben");
    assert_eq!(bench.unit("m2").holder.as_str(), "ministry");
    bench.does("b", "repair s1 by=ben");
    bench.does("b", "remove m2 from=s1 by=ben");
    assert_eq!((bench.state("m2"), bench.unit("m2").parent.clone()), (State::AwaitingRelease, None));
}

#[test]
fn a_correction_undoes_the_last_event_and_no_hand_over() {
    let mut bench = Bench::in_stock("s1");
    bench.does("a", "hold s1 reason=slip by=anna");
    assert_eq!(bench.faults("a", "correct s1 wrong=a/3 reason=slip by=anna"), [710], "a/4 is the last");
    bench.does("a", "correct s1 wrong=a/4 reason=slip by=anna");
    assert_eq!(bench.state("s1"), State::InStock);
    bench.does("a", "ship s1 consignment=C1 to=ministry seal=7 by=anna");
    assert_eq!(bench.faults("a", "correct s1 wrong=a/6 reason=slip by=anna"), [710]);
}

#[test]
fn two_nodes_that_ship_the_same_piece_leave_a_dispute() {
    let mut bench = Bench::in_stock("s1");
    bench.does("a", "ship s1 consignment=C1 to=ministry seal=7 by=anna");
    let changed = bench.comes("a2", "ship s1 consignment=C2 to=club seal=9 by=alma");
    assert_eq!(changed.conflicts.len(), 1);
    assert_eq!((changed.conflicts[0].code, changed.conflicts[0].ruling), (707, Ruling::Dispute));
    assert_eq!(bench.state("s1"), State::Disputed);
    // The receipt of what is disputed is kept as an account and moves nothing.
    bench.comes("b", "receive s1 consignment=C1 from=maker seal=7 by=ben");
    assert_eq!(bench.state("s1"), State::Disputed);
    // Whoever it may have gone to must agree.
    bench.does("a", "settle s1 outcome=with:maker by=anna");
    bench.does("a2", "settle s1 outcome=with:maker by=alma");
    bench.does("b", "settle s1 outcome=with:maker by=ben");
    assert_eq!(bench.state("s1"), State::Disputed, "the club has not spoken");
    bench.does("c", "settle s1 outcome=with:maker by=cleo");
    assert_eq!(bench.state("s1"), State::Held);
}

#[test]
fn a_stranger_moves_nothing() {
    let mut bench = Bench::in_stock("s1");
    let changed = bench.comes("c", "scrap s1 reason=spite by=cleo");
    assert_eq!(changed.conflicts[0].ruling, Ruling::Void);
    assert_eq!(bench.state("s1"), State::InStock);
}

#[test]
fn lines_read_all_kinds_and_refuse_slips() {
    let bench = Bench::new();
    let receive = bench.event("b", "receive s2 s1 consignment=C from=maker seal=1 count=5 condition=damaged by=ben");
    let Act::Receive { count, condition, .. } = &receive.act else { panic!() };
    assert_eq!((*count, *condition, receive.serials[0].as_str()), (5, Condition::Damaged, "s1"));
    assert_eq!(bench.event("a", "settle s outcome=lost by=x").act, Act::Settle { outcome: Outcome::Lost {} });
    let defaults = Defaults {
        organisation: Organisation::new("maker").unwrap(),
        now: Stamp { ms: 0, offset_min: 0 },
        client: ClientId::new("x").unwrap(),
    };
    let refuse = |line: &str| read(line, &Place::Result(String::new()), &defaults).unwrap_err();
    assert_eq!(refuse("shp s1 by=x")[0].help, "did you mean `ship`?");
    assert_eq!(refuse("ship s1 by=x").len(), 3, "consignment, to and seal");
    assert_eq!(refuse("release s1 by=x colour=red")[0].fact, "`release` has no `colour`");
    assert_eq!(refuse("inspect s1 result=maybe by=x by=y").len(), 2);
}
