//! Any bytes as a record, a pack, a bundle, a checkpoint or an event line: what decodes has no other form and harms nobody.
#![no_main]

use custody::bundle::Bundle;
use custody::checkpoint::Checkpoint;
use custody::encode::{decode, encode};
use custody::line::{Defaults, read};
use custody::name::{ClientId, Organisation, Word};
use custody::pack::Pack;
use custody::record::{Body, Record};
use custody::sound::Header;
use custody::time::Stamp;
use custody::world::World;
use diag::Place;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(record) = decode::<Record>(bytes) {
        assert_eq!(encode(&record), bytes, "one record, one form");
        let header = Header::read(bytes).expect("a record has the first fields of one");
        assert_eq!((header.node, header.seq, header.clock), (record.node.as_str(), record.seq, record.clock));
        assert_eq!(header.client, record.event().map(|event| event.client.as_str()));
        // Whatever a partner signed is folded, shown and exported. Twice: the second one meets the first.
        let mut world = World::default();
        if let Some(event) = record.event() {
            let (ring, organisation) = (Word::new("kite").expect("a name"), event.organisation.clone());
            world.fold(&Record { body: Body::Open { ring, organisation, key: [0; 32] }, ..record.clone() });
        }
        world.fold(&record);
        world.fold(&record);
        let document = epcis::write("kite", &[record], Stamp { ms: 0, offset_min: 0 }, |_| None);
        assert!(epcis::json::parse(&document).is_ok(), "it is JSON, whatever the record says");
    }
    if let Ok(pack) = Pack::read(bytes) {
        assert_eq!(pack.bytes(), bytes);
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Some(checkpoint) = Checkpoint::read(text) {
        assert_eq!(Checkpoint::read(&checkpoint.text()), Some(checkpoint));
    }
    if let Some(bundle) = Bundle::read(text) {
        assert_eq!(Bundle::read(&bundle.text()), Some(bundle.clone()));
        let _ = bundle.prove(&[7; 32]);
    }
    let defaults = Defaults {
        organisation: Organisation::new("maker").expect("a name"),
        now: Stamp { ms: 0, offset_min: 0 },
        client: ClientId::new("c").expect("a name"),
    };
    if let Err(faults) = read(text, &Place::Result("line".to_owned()), &defaults) {
        assert!(!faults.is_empty());
    }
});
