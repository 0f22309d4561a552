package dev.alicorn.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeakageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Based on the image caption, what colour is the car?",
        "What does the caption mention about the sky?",
        "According to the description, how many dogs are there?",
        "What is the main subject of the given text?",
        "The passage states that the boat is old. Why?",
        "Which detail is mentioned in the passage?",
        "From the provided description, what can be inferred?",
        "What does this description suggest about the weather?",
        "The text describes a red house.",
        "The colour of the hat is not mentioned.",
        "Based on the provided text, where is the cat?",
        "In the description, who holds the rope?",
        "As described in the caption, the roof is green.",
        "What is the setting of the scene in the given passage?",
        "What is the mood of the image described in the text?",
        "The caption indicates that it is morning.",
        "According to the description, what hangs on the wall?",
        "Based on the caption, what does the sign say?",
        "What is the answer in the paragraph provided?",
        "It is a paragraph that describes a bee.",
      })
  void findsWhatBetraysTheText(String text) {
    assertThat(Leakage.find(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What does the text on the sign say?",
        "What colour is the text printed on the red banner?",
        "What is written in the caption below the photograph on the wall?",
        "Which word does the text on the man's shirt show?",
        "What does the caption on the poster say?",
        "A narrow passage between two houses leads to the sea.",
        "Where does the passage lead?",
        "What colour is the car?",
        "How would you describe the dog's fur?",
        "Which description fits the man best?",
        "According to the clock on the tower, what time is it?",
        "Based on the shadows, where does the light come from?",
        "The captain stands on the deck.",
        "The text is written in white letters.",
        "What might the woman say next?",
        "A text that says no entry hangs on the gate.",
        "What does the passage below the bridge lead to?",
      })
  void leavesWhatBelongsToTheScene(String text) {
    assertThat(Leakage.find(text)).isEmpty();
  }
}
